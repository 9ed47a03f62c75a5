import type { Kind } from "./document-grammar.ts";
import type { DocumentSource } from "./document-source.ts";
import { isObject } from "./is-object.ts";
import { lookUp, pointerTo, stepsOf } from "./look-up.ts";
import type { JsonObject, JsonValue } from "./openapi-document.ts";
import { parseDocumentText, type ParsedText } from "./parse-openapi.ts";
import { SpecError } from "./spec-error.ts";
import { mapDocument } from "./walk-document.ts";

type Path = readonly (string | number)[];

/** The section of `components` for each kind of thing that can be referred to. Path items are written where they stand. */
export const sections: { readonly [kind in Kind]?: string } = {
  schema: "schemas",
  parameter: "parameters",
  response: "responses",
  requestBody: "requestBodies",
  header: "headers",
  example: "examples",
  link: "links",
  callback: "callbacks",
  securityScheme: "securitySchemes",
};

/** A document's files, parsed, by location. A file that can't be read is an error if something needs it. */
type Files = ReadonlyMap<string, ParsedText | SpecError>;

/**
 * Reads a document and every file that it refers to, and makes one document of them: what lies in another file becomes a
 * component, under the name that it has there. `locate` of the result still leads to the file that was written by hand.
 *
 * @throws SpecError with the label, the line and the column.
 */
export async function readBundle(location: string, source: DocumentSource): Promise<ParsedText> {
  const root = parseDocumentText(await source.read(location), source.label(location));
  if (externalReferences(root.value).length === 0) return root;
  return bundle(location, root, await readFiles(location, root, source), source);
}

async function readFiles(location: string, root: ParsedText, source: DocumentSource): Promise<Files> {
  const files = new Map<string, ParsedText | SpecError>([[location, root]]);
  const queue = [location];
  for (const from of queue) {
    const file = files.get(from)!;
    if (file instanceof SpecError) continue;
    for (const reference of externalReferences(file.value)) {
      const to = locationOf(reference, from, source);
      if (to instanceof SpecError || files.has(to)) continue;
      files.set(to, await readFile(to, source));
      queue.push(to);
    }
  }
  return files;
}

async function readFile(location: string, source: DocumentSource): Promise<ParsedText | SpecError> {
  try {
    return parseDocumentText(await source.read(location), source.label(location));
  } catch (error) {
    if (error instanceof SpecError) return error;
    throw error;
  }
}

function locationOf(reference: string, from: string, source: DocumentSource): string | SpecError {
  try {
    return source.resolve(fileOf(reference), from);
  } catch (error) {
    if (error instanceof SpecError) return error;
    throw error;
  }
}

/** Everything that looks like a reference to another file, wherever it stands: some of it may be data. */
function externalReferences(value: JsonValue): string[] {
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

/** What a discriminator's mapping names by file; a bare name is that of a schema. */
function fileTargets(mapping: JsonObject): string[] {
  return Object.values(mapping).filter((target) => typeof target === "string" && isFileTarget(target)) as string[];
}

function isFileTarget(target: string): boolean {
  return fileOf(target) !== "" && (target.includes("/") || /\.(ya?ml|json)(#|$)/i.test(target));
}

function fileOf(reference: string): string {
  return reference.split("#", 1)[0]!;
}

function pointerOf(reference: string): string {
  const hash = reference.indexOf("#");
  return hash < 0 ? "#" : reference.slice(hash);
}

/** A place in one of the files. */
interface Target {
  readonly location: string;
  /** As `#/components/schemas/Pet`; `#` is the whole file. */
  readonly pointer: string;
}

function bundle(rootLocation: string, root: ParsedText, files: Files, source: DocumentSource): ParsedText {
  if (!isObject(root.value)) return root;
  const components: Record<string, Record<string, JsonValue>> = {};
  const placed = new Map<string, string>();
  const origins: { readonly path: Path; readonly target: Target }[] = [];
  const taken = new Map<string, Set<string>>();
  const inside = new Set<string>();

  // A component of the root that is nothing but a reference gives its target the name that its author chose.
  const rootComponents = isObject(root.value.components) ? root.value.components : {};
  const named = new Map<string, string>();
  for (const [section, entries] of Object.entries(rootComponents)) {
    taken.set(section, new Set(isObject(entries) ? Object.keys(entries) : []));
    for (const [name, entry] of isObject(entries) ? Object.entries(entries) : []) {
      if (!isObject(entry) || typeof entry.$ref !== "string" || fileOf(entry.$ref) === "") continue;
      const to = locationOf(entry.$ref, rootLocation, source);
      if (to instanceof SpecError) continue;
      const key = keyOf({ location: to, pointer: pointerOf(entry.$ref) }, section);
      if (!named.has(key)) named.set(key, name);
    }
  }

  const document = convert(root.value, "document", rootLocation) as JsonObject;
  const merged: Record<string, JsonValue> = isObject(document.components) ? { ...document.components } : {};
  for (const [section, entries] of Object.entries(components)) {
    const present = merged[section];
    merged[section] = { ...(isObject(present) ? present : {}), ...entries };
  }
  const bundled = Object.keys(merged).length > 0 ? { ...document, components: merged } : document;
  return { value: bundled, locate };

  /** A copy of a value in which each reference to another place of the files leads to where that place is now. */
  function convert(value: JsonValue, kind: Kind, location: string): JsonValue {
    return mapDocument(
      value,
      (itemKind, copy) => {
        if (itemKind === "discriminator" && isObject(copy.mapping)) {
          const mapping = Object.entries(copy.mapping).map(([name, target]): [string, JsonValue] => [
            name,
            typeof target === "string" && (isFileTarget(target) || target.startsWith("#"))
              ? place(target, "schema", location)
              : target,
          ]);
          return { ...copy, mapping: Object.fromEntries(mapping) };
        }
        if (typeof copy.$ref !== "string") return copy;
        const { $ref: reference } = copy;
        if (!sections[itemKind]) {
          // Path items and operations, and whole maps such as `properties`, are written where they stand.
          if (fileOf(reference) === "" && location === rootLocation) return copy;
          const { $ref: _, ...beside } = copy;
          const found = written(reference, itemKind, location);
          return isObject(found) ? { ...found, ...beside } : found;
        }
        return { ...copy, $ref: place(reference, itemKind, location) };
      },
      kind,
    );
  }

  /** The reference in the bundle for a reference of a file. */
  function place(reference: string, kind: Kind, from: string): string {
    const target = targetOf(reference, from);
    if (target.location === rootLocation && target.pointer !== "#") return target.pointer;
    const section = sections[kind]!;
    const key = keyOf(target, section);
    const present = placed.get(key);
    if (present) return present;
    const name = named.get(key) ?? freeName(section, target, source);
    const path = pointerTo(["components", section, name]);
    placed.set(key, path);
    const found = valueAt(target, reference, from);
    origins.push({ path: ["components", section, name], target });
    const converted = convert(found, kind, target.location);
    (components[section] ??= {})[name] = converted;
    return path;
  }

  /** The value that a reference leads to, to be written where it stands. */
  function written(reference: string, kind: Kind, from: string): JsonValue {
    const target = targetOf(reference, from);
    const key = keyOf(target, kind);
    if (inside.has(key))
      throw new SpecError(`${source.label(from)}: $ref ${JSON.stringify(reference)} leads to itself.`);
    inside.add(key);
    try {
      return convert(valueAt(target, reference, from), kind, target.location);
    } finally {
      inside.delete(key);
    }
  }

  function targetOf(reference: string, from: string): Target {
    if (fileOf(reference) === "") return { location: from, pointer: pointerOf(reference) };
    const location = locationOf(reference, from, source);
    if (location instanceof SpecError) fail(reference, from, `${location.message}.`);
    return { location: location as string, pointer: pointerOf(reference) };
  }

  function valueAt({ location, pointer }: Target, reference: string, from: string): JsonValue {
    const file = files.get(location);
    if (file instanceof SpecError) fail(reference, from, `can't be followed. ${file.message}`);
    const value = lookUp((file as ParsedText).value, pointer) as JsonValue | undefined;
    if (value === undefined) fail(reference, from, `leads nowhere: ${source.label(location)} has no ${pointer}.`);
    return value!;
  }

  function fail(reference: string, from: string, why: string): never {
    const file = files.get(from);
    const where =
      file instanceof SpecError || !file ? source.label(from) : file.locate(pathTo(file.value, reference) ?? []);
    throw new SpecError(`${where}: $ref ${JSON.stringify(reference)} ${why}`);
  }

  function freeName(section: string, target: Target, from: DocumentSource): string {
    const names = taken.get(section) ?? new Set();
    taken.set(section, names);
    const wanted = nameOf(target, from);
    let name = wanted;
    for (let count = 2; names.has(name); count++) name = `${wanted}_${count}`;
    names.add(name);
    return name;
  }

  function locate(path: Path): string {
    const origin = origins.find((one) => one.path.every((step, index) => path[index] === step));
    const file = origin && files.get(origin.target.location);
    if (!origin || !file || file instanceof SpecError) return root.locate(path);
    return file.locate([...stepsOf(origin.target.pointer), ...path.slice(origin.path.length)]);
  }
}

function keyOf({ location, pointer }: Target, section: string): string {
  return `${section} ${location}${pointer}`;
}

/** What a place is called: the last name of its pointer, or the name of its file. */
function nameOf({ location, pointer }: Target, source: DocumentSource): string {
  const last = stepsOf(pointer).at(-1) ?? (pointer === "#" ? undefined : pointer.slice(1));
  const file = source
    .label(location)
    .split(/[\\/]/)
    .at(-1)!
    .replace(/\.(ya?ml|json)$/i, "");
  return (last ?? file).replaceAll(/[^\w.-]/g, "_") || "part";
}

/** Where a file has a reference, for the message about it. */
function pathTo(value: JsonValue, reference: string): Path | undefined {
  const stack: { readonly item: JsonValue; readonly path: Path }[] = [{ item: value, path: [] }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { item, path } = next;
    if (typeof item !== "object" || item === null || path.length > 200) continue;
    if (isObject(item) && item.$ref === reference) return [...path, "$ref"];
    for (const [key, below] of Object.entries(item)) {
      stack.push({ item: below as JsonValue, path: [...path, Array.isArray(item) ? Number(key) : key] });
    }
  }
  return undefined;
}
