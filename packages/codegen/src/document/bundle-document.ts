import type { Kind } from "./document-grammar.ts";
import {
  type DocumentFiles,
  fileOf,
  fileReferences,
  isFileTarget,
  locationOf,
  notFollowed,
  type Path,
  pointerOf,
  readFiles,
  type Reference,
  type Target,
  targetOf,
  valueAt,
} from "./document-files.ts";
import type { DocumentSource } from "./document-source.ts";
import { isObject } from "./is-object.ts";
import { pointerTo, stepsOf } from "./look-up.ts";
import type { JsonObject, JsonValue } from "./openapi-document.ts";
import { parseDocumentText, type ParsedText } from "./parse-openapi.ts";
import { SpecError } from "./spec-error.ts";
import { mapDocument } from "./walk-document.ts";

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

/**
 * Reads a document and every file that it refers to, and makes one document of them: what lies in another file becomes a
 * component, under the name that it has there. `locate` of the result still leads to the file that was written by hand.
 *
 * @throws SpecError with the label, the line and the column.
 */
export async function readBundle(location: string, source: DocumentSource): Promise<ParsedText> {
  const root = parseDocumentText(await source.read(location), source.label(location));
  if (!isObject(root.value) || fileReferences(root.value).length === 0) return root;
  return new Bundle(await readFiles(location, root, source)).bundle(root.value);
}

/** The components that the references of a document to its other files bring in. */
class Bundle {
  readonly #files: DocumentFiles;
  readonly #names: ComponentNames;
  readonly #components: Record<string, Record<string, JsonValue>> = {};
  /** The reference to each component that was brought in, by the key of its target. */
  readonly #placed = new Map<string, string>();
  readonly #origins: { readonly path: Path; readonly target: Target }[] = [];
  /** The keys of the targets that are being written where they are referred to. */
  readonly #inside = new Set<string>();

  constructor(files: DocumentFiles) {
    this.#files = files;
    this.#names = new ComponentNames(files);
  }

  bundle(root: JsonObject): ParsedText {
    const document = this.#convert(root, "document", this.#files.rootLocation) as JsonObject;
    const components: Record<string, JsonValue> = isObject(document.components) ? { ...document.components } : {};
    for (const [section, entries] of Object.entries(this.#components)) {
      const present = components[section];
      components[section] = { ...(isObject(present) ? present : {}), ...entries };
    }
    const value = Object.keys(components).length > 0 ? { ...document, components } : document;
    return { value, locate: (path) => this.#locate(path) };
  }

  /** A copy of a file's value in which each reference to another place of the files leads to where that place is now. */
  #convert(value: JsonValue, kind: Kind, from: string): JsonValue {
    return mapDocument(
      value,
      (itemKind, copy) => {
        if (itemKind === "discriminator" && isObject(copy.mapping)) {
          return { ...copy, mapping: this.#convertMapping(copy.mapping, from) };
        }
        if (typeof copy.$ref !== "string") return copy;
        const reference = { text: copy.$ref, from };
        if (sections[itemKind]) return { ...copy, $ref: this.#place(reference, itemKind) };
        // Path items and operations, and whole maps such as `properties`, are written where they stand.
        if (fileOf(reference.text) === "" && from === this.#files.rootLocation) return copy;
        const { $ref: _, ...beside } = copy;
        const written = this.#write(reference, itemKind);
        return isObject(written) ? { ...written, ...beside } : written;
      },
      kind,
    );
  }

  #convertMapping(mapping: JsonObject, from: string): JsonObject {
    const entries = Object.entries(mapping).map(([name, text]) => {
      const refers = typeof text === "string" && (isFileTarget(text) || text.startsWith("#"));
      return [name, refers ? this.#place({ text, from }, "schema") : text] as const;
    });
    return Object.fromEntries(entries);
  }

  /** The reference in the bundle for a reference of a file. */
  #place(reference: Reference, kind: Kind): string {
    const target = targetOf(this.#files, reference);
    if (target.location === this.#files.rootLocation && target.pointer !== "#") return target.pointer;
    const section = sections[kind]!;
    const key = keyOf(target, section);
    const present = this.#placed.get(key);
    if (present) return present;
    const path = ["components", section, this.#names.nameFor(target, section)] as const;
    const pointer = pointerTo(path);
    // Noted before its own references are looked at: one of them may lead back here.
    this.#placed.set(key, pointer);
    const value = valueAt(this.#files, target, reference);
    this.#origins.push({ path, target });
    const converted = this.#convert(value, kind, target.location);
    (this.#components[section] ??= {})[path[2]] = converted;
    return pointer;
  }

  /** The value that a reference leads to, to be written where it stands. */
  #write(reference: Reference, kind: Kind): JsonValue {
    const target = targetOf(this.#files, reference);
    const key = keyOf(target, kind);
    if (this.#inside.has(key)) throw notFollowed(this.#files, reference, "leads to itself.");
    this.#inside.add(key);
    try {
      return this.#convert(valueAt(this.#files, target, reference), kind, target.location);
    } finally {
      this.#inside.delete(key);
    }
  }

  #locate(path: Path): string {
    const { root, parsed } = this.#files;
    const origin = this.#origins.find((one) => one.path.every((step, index) => path[index] === step));
    const file = origin && parsed.get(origin.target.location);
    if (!origin || !file || file instanceof SpecError) return root.locate(path);
    return file.locate([...stepsOf(origin.target.pointer), ...path.slice(origin.path.length)]);
  }
}

/** What the components of a bundle are called. */
class ComponentNames {
  readonly #source: DocumentSource;
  /** The names in use, by section. */
  readonly #taken = new Map<string, Set<string>>();
  /** A component of the root that is nothing but a reference gives its target the name that its author chose. */
  readonly #chosen = new Map<string, string>();

  constructor({ rootLocation, root, source }: DocumentFiles) {
    this.#source = source;
    const components = isObject(root.value) && isObject(root.value.components) ? root.value.components : {};
    for (const [section, value] of Object.entries(components)) {
      const entries = isObject(value) ? value : {};
      this.#taken.set(section, new Set(Object.keys(entries)));
      for (const [name, entry] of Object.entries(entries)) {
        if (!isObject(entry) || typeof entry.$ref !== "string" || fileOf(entry.$ref) === "") continue;
        const location = locationOf({ text: entry.$ref, from: rootLocation }, source);
        if (location instanceof SpecError) continue;
        const key = keyOf({ location, pointer: pointerOf(entry.$ref) }, section);
        if (!this.#chosen.has(key)) this.#chosen.set(key, name);
      }
    }
  }

  nameFor(target: Target, section: string): string {
    const chosen = this.#chosen.get(keyOf(target, section));
    if (chosen !== undefined) return chosen;
    const taken = this.#taken.get(section) ?? new Set();
    this.#taken.set(section, taken);
    const wanted = nameOf(target, this.#source);
    let name = wanted;
    for (let count = 2; taken.has(name); count++) name = `${wanted}_${count}`;
    taken.add(name);
    return name;
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
