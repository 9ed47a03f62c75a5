import type { Parameter, ParameterTable } from "@image-variations/validation";
import { RequestError } from "../errors/request-error.ts";
import { imageNotAccepted } from "./image-not-accepted.ts";
import type { FormPart } from "./parse-form.ts";

/** A request's parameters as the validator takes them: files as bytes, numbers as numbers, everything else as text. */
export type Parameters = Readonly<Record<string, unknown>>;

/**
 * Reads the parts of a form as the parameters of an operation. Whether they are valid is not asked here.
 *
 * @throws RequestError for a form that cannot be read in one way alone: a parameter that is given twice, text that is
 * not UTF-8, an image under another name or media type.
 */
export function readParameters(parts: readonly FormPart[], table: ParameterTable): Parameters {
  const byName = new Map(table.map((parameter) => [parameter.name, parameter]));
  const values = new Map<string, unknown>();
  for (const part of parts) {
    const parameter = byName.get(part.name);
    if (values.has(part.name)) {
      throw new RequestError(`'${part.name}' was given more than once. Send it once.`, { status: 400 });
    }
    if (!parameter && isImage(part)) throw imageNotAccepted(table);
    values.set(part.name, parameter ? valueOf(part, parameter, table) : "");
  }
  return Object.fromEntries(values);
}

/** Types that say nothing: `fs.createReadStream` in the official SDK is sent as the first. */
const untyped: ReadonlySet<string | undefined> = new Set([undefined, "", "application/octet-stream"]);

function valueOf(part: FormPart, parameter: Parameter, table: ParameterTable): unknown {
  if (parameter.kind === "image") {
    const { mediaTypes = ["image/png"] } = parameter;
    if (!untyped.has(part.mediaType) && !mediaTypes.includes(part.mediaType ?? "")) throw imageNotAccepted(table);
    return part.bytes;
  }
  const text = decode(part);
  if (parameter.kind === "integer" || parameter.kind === "number") return isDecimal(text) ? Number(text) : text;
  if (parameter.kind === "boolean") return text === "true" ? true : text === "false" ? false : text;
  return text;
}

function isImage({ name, mediaType }: FormPart): boolean {
  return mediaType?.startsWith("image/") === true || name === "image[]";
}

/** What a number looks like in a form. `Number` alone reads "", " 1", "0x10" and "1e3" too. */
function isDecimal(text: string): boolean {
  return /^[+-]?\d{1,20}(\.\d{1,20})?$/.test(text);
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function decode({ name, bytes }: FormPart): string {
  try {
    return utf8.decode(bytes);
  } catch (cause) {
    throw new RequestError(`'${name}' is not UTF-8 text.`, { status: 400, cause });
  }
}
