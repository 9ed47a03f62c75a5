import { nearestWord } from "@image-variations/command";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { type Mistake, findMistakes } from "../document/check-spec.ts";
import { createFileSource, createWebSource, isAddress, type DocumentSource } from "../document/document-source.ts";
import { isObject } from "../document/is-object.ts";
import type { JsonObject, OpenAPIDocument } from "../document/openapi-document.ts";
import { readOpenAPI } from "../document/read-openapi.ts";
import { checkOpenAPI } from "../document/parse-openapi.ts";
import { sliceDocument } from "../document/slice-document.ts";
import { SpecError } from "../document/spec-error.ts";
import { applyOverlay } from "../overlay/apply-overlay.ts";
import { parseOverlay } from "../overlay/parse-overlay.ts";
import { baseDocument, baseNames } from "./base-documents.ts";
import { operationsOf, withOperationIds } from "./operation-names.ts";
import { upgradeDocument } from "./upgrade-document.ts";

/** Which document is generated from, and what of it. */
export interface DocumentOptions {
  /** A file or a URL: an OpenAPI 3.0 or 3.1 document or, with `base`, an overlay of one. */
  readonly document?: string;
  /** The contract that comes with this package and that the overlays are applied to: `image-variations`. */
  readonly base?: string;
  /** Overlays (https://spec.openapis.org/overlay/v1.1.0.html), applied one after the other. Default: none. */
  readonly overlays?: readonly string[];
  /** Operations to cut out, as `POST /images/variations` or by operationId. Default: all. */
  readonly operations?: readonly string[];
  /** Tags whose operations are cut out. Default: all. */
  readonly tags?: readonly string[];
  /** Whether references to `http:` and `https:` addresses are followed. Default false. */
  readonly remote?: boolean;
  /** Whether a mistake in the document ends it, and not only what can't be generated from. Default false. */
  readonly strict?: boolean;
  /** The folder that paths start from. Default: the current one. */
  readonly folder?: string;
}

export interface PreparedDocument {
  readonly document: OpenAPIDocument;
  /** What the generated files say they come from. */
  readonly name: string;
  /** Mistakes in the document that were passed over. */
  readonly warnings: readonly string[];
  /** Every file that was read. */
  readonly files: readonly string[];
}

/** As many mistakes as a person reads at a time. */
const maximumMistakes = 50;

/**
 * Reads a document and makes it what the emitters take: one file, OpenAPI 3.1, overlays applied, the operations that are
 * wanted, each with an operationId.
 *
 * @throws SpecError with everything that keeps it from being generated from, each with file, line and column.
 */
export async function prepareDocument(options: DocumentOptions): Promise<PreparedDocument> {
  const { folder = process.cwd(), remote = false, strict = false } = options;
  const files: string[] = [];
  const { read, overlays, name } = await readBase(
    options,
    folder,
    recorded(createFileSource({ remote, root: folder }), files),
  );
  const label = options.document ?? name;
  const applied = overlays.reduce<JsonObject>((document, overlay) => {
    const path = resolve(folder, overlay);
    files.push(path);
    const parsed = parseOverlay(readText(path, overlay), overlay);
    if (!parsed) throw new SpecError(`${overlay}: expected an overlay, which begins with overlay: 1.0.0 or 1.1.0.`);
    return applyOverlay(document, parsed.overlay, overlay, parsed.locate);
  }, read.document);
  const changed =
    applied === read.document
      ? read
      : { ...read, locate: (path: readonly (string | number)[]) => `${label} at ${path.join(".")}` };
  // What overlays made of it may lead nowhere.
  if (applied !== read.document)
    checkOpenAPI({ value: applied, locate: changed.locate }, label, ["3.0", "3.1"], () => {});

  const selected = select(applied, options, label);
  const upgraded = upgradeDocument(selected);
  const mistakes = findMistakes(upgraded, changed.locate, maximumMistakes);
  const fatal = mistakes.filter(({ isFatal }: Mistake) => strict || isFatal);
  if (fatal.length > 0) throw new SpecError(fatal.map(({ message }) => message).join("\n"));
  if (operationsOf(upgraded).length === 0) {
    throw new SpecError(
      `${changed.locate(["paths"])}: the document has no operations, so there is nothing to generate.`,
    );
  }
  return {
    document: withOperationIds(upgraded) as unknown as OpenAPIDocument,
    name,
    warnings: mistakes.map(({ message }) => message),
    files,
  };
}

async function readBase(
  { document, base, overlays = [] }: DocumentOptions,
  folder: string,
  source: DocumentSource,
): Promise<{
  readonly read: Awaited<ReturnType<typeof readOpenAPI>>;
  readonly overlays: readonly string[];
  readonly name: string;
}> {
  if (base === undefined) {
    if (document === undefined) throw new SpecError("Name a document, or a base: codegen openapi.yaml --out src/api.");
    const location = isAddress(document) ? document : resolve(folder, document);
    const from = isAddress(document) ? createWebSource() : source;
    return { read: await readOpenAPI(location, from), overlays, name: [document, ...overlays].join(" and ") };
  }
  const text = baseDocument(base);
  if (text === undefined) {
    const near = nearestWord(base, baseNames);
    throw new SpecError(
      `--base is ${baseNames.join(" or ")}, got ${JSON.stringify(base)}.${near ? ` Did you mean ${near}?` : ""}`,
    );
  }
  const name = `@image-variations/spec`;
  const read = await readOpenAPI(name, { read: () => text, resolve: (reference) => reference, label: () => name });
  const all = [...(document === undefined ? [] : [document]), ...overlays];
  return { read, overlays: all, name: [name, ...all].join(" and ") };
}

function recorded(source: DocumentSource, files: string[]): DocumentSource {
  return {
    ...source,
    read(location) {
      if (!isAddress(location)) files.push(location);
      return source.read(location);
    },
  };
}

function readText(path: string, label: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new SpecError(`${label} can't be read: ${code === "ENOENT" ? "there is no such file" : code}.`, { cause });
  }
}

/** The operations that were asked for, with all that they refer to. */
function select(document: JsonObject, { operations = [], tags = [] }: DocumentOptions, label: string): JsonObject {
  const all = operationsOf(document);
  if (operations.length === 0 && tags.length === 0) return document;
  const namesOf = ({ path, method, operation }: (typeof all)[number]): string[] => [
    `${method.toUpperCase()} ${path}`,
    ...(typeof operation.operationId === "string" ? [operation.operationId] : []),
  ];
  const tagsOf = ({ operation }: (typeof all)[number]): string[] =>
    Array.isArray(operation.tags) ? operation.tags.map((tag) => String(tag)) : [];
  const missing = [
    ...unknown(
      "operation",
      operations,
      all.flatMap((one) => namesOf(one)),
      label,
    ),
    ...unknown(
      "tag",
      tags,
      all.flatMap((one) => tagsOf(one)),
      label,
    ),
  ];
  if (missing.length > 0) throw new SpecError(missing.join("\n"));
  const wanted = all.filter(
    (one) => namesOf(one).some((name) => operations.includes(name)) || tagsOf(one).some((tag) => tags.includes(tag)),
  );
  const sliced = sliceDocument(document, wanted);
  return isObject(sliced) ? sliced : document;
}

function unknown(what: string, names: readonly string[], known: readonly string[], label: string): string[] {
  return names
    .filter((name) => !known.includes(name))
    .map((name) => {
      const near = nearestWord(name, known) ?? known.find((one) => one.toLowerCase() === name.toLowerCase());
      return `${label} has no ${what} ${JSON.stringify(name)}.${near ? ` Did you mean ${JSON.stringify(near)}?` : ""}`;
    });
}
