import { query, type JSONValue } from "json-p3";
import type { JsonValue } from "../generate/openapi-document.ts";
import { SpecError } from "../generate/spec-error.ts";
import { isObject } from "../diff/schema/is-object.ts";
import type { JsonObject } from "../diff/schema/spec.ts";

/**
 * Applies an OpenAPI Overlay (https://spec.openapis.org/overlay/v1.0.0.html) to a copy of a document.
 *
 * @param label What errors call the overlay.
 * @throws SpecError where it is none, or where an action finds nothing to act on.
 */
export function applyOverlay(document: JsonObject, overlay: JsonObject, label: string): JsonObject {
  const result = structuredClone(document);
  const { actions } = overlay;
  if (!Array.isArray(actions) || actions.length === 0) {
    throw new SpecError(`${label}: an overlay has a list of actions, got ${JSON.stringify(actions) ?? "none"}.`);
  }
  for (const [index, action] of actions.entries()) {
    const place = `${label}: action ${index + 1}`;
    if (!isObject(action) || typeof action.target !== "string") {
      throw new SpecError(`${place} has no target; say with a JSONPath what it acts on.`);
    }
    const nodes = find(result, action.target, place);
    // The standard lets such an action pass, but whoever wrote it meant something.
    if (nodes.length === 0) throw new SpecError(`${place}: the target ${action.target} finds nothing in the spec.`);
    if (action.remove === true) for (const path of nodes.toReversed()) remove(result, path);
    else for (const path of nodes) update(result, path, action.update ?? {});
  }
  return result;
}

type Path = readonly (string | number)[];

function find(document: JsonObject, target: string, place: string): Path[] {
  try {
    return [...query(target, document as JSONValue)].map(({ location }) => location);
  } catch (cause) {
    throw new SpecError(`${place}: ${JSON.stringify(target)} is no JSONPath. ${(cause as Error).message}`, { cause });
  }
}

type Container = Record<string | number, JsonValue>;

function ownerOf(document: JsonObject, path: Path): Container {
  return path.slice(0, -1).reduce<Container>((value, step) => value[step] as Container, document as Container);
}

function remove(document: JsonObject, path: Path): void {
  const owner = ownerOf(document, path);
  const last = path.at(-1)!;
  if (Array.isArray(owner)) owner.splice(Number(last), 1);
  else delete owner[last];
}

function update(document: JsonObject, path: Path, value: JsonValue): void {
  const last = path.at(-1);
  if (last === undefined) Object.assign(document, merged(document, value));
  else {
    const owner = ownerOf(document, path);
    const present = owner[last]!;
    // What is added to a list becomes an item of it.
    owner[last] = Array.isArray(present) && !Array.isArray(value) ? [...present, value] : merged(present, value);
  }
}

/** Objects are merged, lists are joined, and anything else is replaced. */
function merged(present: JsonValue | undefined, value: JsonValue): JsonValue {
  if (isObject(present) && isObject(value)) {
    const entries = Object.entries(value).map(([key, item]): [string, JsonValue] => [key, merged(present[key], item)]);
    return { ...present, ...Object.fromEntries(entries) };
  }
  return Array.isArray(present) && Array.isArray(value) ? [...present, ...value] : value;
}
