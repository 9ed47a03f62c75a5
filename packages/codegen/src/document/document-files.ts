import type { DocumentSource } from "./document-source.ts";
import { isObject } from "./is-object.ts";
import { lookUp } from "./look-up.ts";
import type { JsonObject, JsonValue } from "./openapi-document.ts";
import { parseDocumentText, type ParsedText } from "./parse-openapi.ts";
import { SpecError } from "./spec-error.ts";

export type Path = readonly (string | number)[];

/** A document and every file that it refers to. */
export interface DocumentFiles {
  readonly rootLocation: string;
  readonly root: ParsedText;
  /** All of them, the root included, by location. A file that can't be read is an error if something needs it. */
  readonly parsed: ReadonlyMap<string, ParsedText | SpecError>;
  readonly source: DocumentSource;
}

/** A reference as it is written in one of the files. */
export interface Reference {
  /** As `pets.yaml#/Pet`. */
  readonly text: string;
  /** The location of the file that has it. */
  readonly from: string;
}

/** A place in one of the files. */
export interface Target {
  readonly location: string;
  /** As `#/components/schemas/Pet`; `#` is the whole file. */
  readonly pointer: string;
}

/** Reads the files that a document refers to, and those that they refer to. */
export async function readFiles(
  rootLocation: string,
  root: ParsedText,
  source: DocumentSource,
): Promise<DocumentFiles> {
  const parsed = new Map<string, ParsedText | SpecError>([[rootLocation, root]]);
  const queue = [{ location: rootLocation, file: root }];
  for (const { location, file } of queue) {
    for (const text of fileReferences(file.value)) {
      const to = locationOf({ text, from: location }, source);
      if (to instanceof SpecError || parsed.has(to)) continue;
      const next = await readFile(to, source);
      parsed.set(to, next);
      if (!(next instanceof SpecError)) queue.push({ location: to, file: next });
    }
  }
  return { rootLocation, root, parsed, source };
}

async function readFile(location: string, source: DocumentSource): Promise<ParsedText | SpecError> {
  try {
    return parseDocumentText(await source.read(location), source.label(location));
  } catch (error) {
    if (error instanceof SpecError) return error;
    throw error;
  }
}

/** The file that a reference leads to, or why it must not be followed. */
export function locationOf({ text, from }: Reference, source: DocumentSource): string | SpecError {
  try {
    return source.resolve(fileOf(text), from);
  } catch (error) {
    if (error instanceof SpecError) return error;
    throw error;
  }
}

/**
 * The place that a reference leads to.
 *
 * @throws SpecError if its file must not be read.
 */
export function targetOf(files: DocumentFiles, reference: Reference): Target {
  const pointer = pointerOf(reference.text);
  if (fileOf(reference.text) === "") return { location: reference.from, pointer };
  const location = locationOf(reference, files.source);
  if (location instanceof SpecError) throw notFollowed(files, reference, `${location.message}.`);
  return { location, pointer };
}

/**
 * What stands at a target.
 *
 * @throws SpecError if its file can't be read or has no such place.
 */
export function valueAt(files: DocumentFiles, { location, pointer }: Target, reference: Reference): JsonValue {
  const file = files.parsed.get(location);
  if (file instanceof SpecError) throw notFollowed(files, reference, `can't be followed. ${file.message}`);
  const value = file && (lookUp(file.value, pointer) as JsonValue | undefined);
  if (value !== undefined) return value;
  const label = files.source.label(location);
  throw notFollowed(files, reference, `leads nowhere: ${label} has no ${pointer}.`);
}

/** The error about a reference, with the place that has it. */
export function notFollowed({ parsed, source }: DocumentFiles, { text, from }: Reference, why: string): SpecError {
  const file = parsed.get(from);
  const where = !file || file instanceof SpecError ? source.label(from) : file.locate(pathTo(file.value, text));
  return new SpecError(`${where}: $ref ${JSON.stringify(text)} ${why}`);
}

/** Everything that looks like a reference to another file, wherever it stands: some of it may be data. */
export function fileReferences(value: JsonValue): string[] {
  const found = new Set<string>();
  const seen = new Set<object>();
  const stack = [value];
  for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
    if (typeof item !== "object" || item === null || seen.has(item)) continue;
    seen.add(item);
    const { $ref, mapping } = item as JsonObject;
    if (typeof $ref === "string" && fileOf($ref) !== "") found.add($ref);
    if (isObject(mapping)) for (const target of fileTargets(mapping)) found.add(target);
    for (const below of Object.values(item)) stack.push(below as JsonValue);
  }
  return [...found];
}

/** Where a file has a reference, for the message about it; the whole file, if it lies too deep to be found. */
function pathTo(value: JsonValue, reference: string): Path {
  const stack: { readonly item: JsonValue; readonly path: Path }[] = [{ item: value, path: [] }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { item, path } = next;
    if (typeof item !== "object" || item === null || path.length > 200) continue;
    for (const [key, below] of Object.entries(item)) {
      const under = [...path, Array.isArray(item) ? Number(key) : key];
      if (below === reference && (key === "$ref" || path.at(-1) === "mapping")) return under;
      stack.push({ item: below as JsonValue, path: under });
    }
  }
  return [];
}

/** What a discriminator's mapping names by file; a bare name is that of a schema. */
function fileTargets(mapping: JsonObject): string[] {
  return Object.values(mapping).filter((target) => typeof target === "string" && isFileTarget(target)) as string[];
}

/** Whether a discriminator's mapping means a file by this, and not a schema of this name. */
export function isFileTarget(target: string): boolean {
  return fileOf(target) !== "" && (target.includes("/") || /\.(ya?ml|json)(#|$)/i.test(target));
}

/** The file that a reference names; empty if it stays in its own. */
export function fileOf(reference: string): string {
  return reference.split("#", 1)[0]!;
}

/** The place that a reference names in its file; `#` is the whole of it. */
export function pointerOf(reference: string): string {
  const hash = reference.indexOf("#");
  return hash < 0 ? "#" : reference.slice(hash);
}
