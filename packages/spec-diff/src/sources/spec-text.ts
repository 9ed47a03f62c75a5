import { isMap, parseDocument, type ParsedNode, type YAMLMap } from "yaml";

/** The steps from the document's root to a value. */
export type SpecPath = readonly (string | number)[];

/** Puts a value, written as YAML on one line, where another one stands; the rest of the text stays as it is. */
export function replaceValue(text: string, path: SpecPath, source: string): string {
  const [start, end] = nodeAt(text, path).range;
  return text.slice(0, start) + source + text.slice(end);
}

/** Adds lines at the end of a block mapping, indented as its entries are. */
export function addEntry(text: string, path: SpecPath, lines: readonly string[]): string {
  const map = mapAt(text, path);
  const key = lines[0]!.replace(/:.*/, "");
  if (map.has(key)) throw new Error(`The spec has ${path.join(".")}.${key} already.`);
  const [start] = map.items[0]!.key.range;
  const column = start - (text.lastIndexOf("\n", start) + 1);
  const [, end] = map.range;
  const at = text.slice(0, end).trimEnd().length;
  return text.slice(0, at) + lines.map((line) => `\n${" ".repeat(column)}${line}`).join("") + text.slice(at);
}

/** Removes an entry of a block mapping, with its lines. */
export function removeEntry(text: string, path: SpecPath): string {
  const name = path.at(-1);
  const map = mapAt(text, path.slice(0, -1));
  const index = map.items.findIndex(({ key }) => String(key) === String(name));
  const pair = map.items[index];
  if (!pair) throw new Error(`The spec has no ${path.join(".")}.`);
  const [start] = pair.key.range;
  const [, end] = (pair.value ?? pair.key).range;
  const from = text.lastIndexOf("\n", start) + 1;
  const to = text.indexOf("\n", text.slice(0, end).trimEnd().length) + 1;
  return text.slice(0, from) + text.slice(to);
}

/** The value at a place, as JavaScript. */
export function valueAt(text: string, path: SpecPath): unknown {
  return parseDocument(text).getIn(path) === undefined ? undefined : nodeAt(text, path).toJS(parseDocument(text));
}

/** The path of the schema that stands at a place, where the place refers to it. */
export function schemaAt(text: string, path: SpecPath): SpecPath {
  const reference = valueAt(text, [...path, "$ref"]);
  return typeof reference === "string" ? reference.slice(2).split("/") : path;
}

const operation = ["paths", "/images/variations", "post"];
/** Where the contract has the schema of its parameters. */
export const requestPath: SpecPath = [...operation, "requestBody", "content", "multipart/form-data", "schema"];
/** Where the contract has its response. */
export const responsePath: SpecPath = [...operation, "responses", "200"];

/** The path of a parameter, or of something in it. */
export function parameterPath(text: string, ...steps: readonly (string | number)[]): SpecPath {
  return [...schemaAt(text, requestPath), "properties", ...steps];
}

function nodeAt(text: string, path: SpecPath): ParsedNode {
  const node = parseDocument(text).getIn(path, true);
  if (node === undefined) throw new Error(`The spec has no ${path.join(".")}.`);
  return node as ParsedNode;
}

function mapAt(text: string, path: SpecPath): YAMLMap.Parsed {
  const node = nodeAt(text, path);
  if (!isMap(node) || node.items.length === 0) throw new Error(`${path.join(".")} is not a mapping with entries.`);
  return node;
}
