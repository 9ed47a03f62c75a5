import { query, type JSONValue } from "json-p3";
import { nearestWord } from "@image-variations/command";
import type { JsonObject, JsonValue } from "../document/openapi-document.ts";
import { SpecError } from "../document/spec-error.ts";
import { isObject } from "../document/is-object.ts";

/** Where a place of the overlay is in its text: label, line and column. */
export type LocateInOverlay = (path: readonly (string | number)[]) => string;

const overlayKeys = ["overlay", "info", "extends", "actions"] as const;
const actionKeys = ["target", "description", "update", "copy", "remove"] as const;

/**
 * Applies an OpenAPI Overlay (https://spec.openapis.org/overlay/v1.1.0.html) to a copy of a document. Neither the
 * document nor the overlay is changed, and what an action adds in several places is a copy in each.
 *
 * @param label What errors call the overlay.
 * @param locate Where a place of the overlay is in its text. Default: errors count the actions.
 * @throws SpecError if it is not an overlay, or if an action is misspelt, finds nothing to act on, or does nothing.
 */
export function applyOverlay(
  document: JsonObject,
  overlay: JsonObject,
  label: string,
  locate?: LocateInOverlay,
): JsonObject {
  const result = structuredClone(document) as JsonObject;
  const { actions } = overlay;
  const place = (...path: readonly (string | number)[]): string =>
    locate?.(path) ?? (typeof path[1] === "number" ? `${label}: action ${path[1] + 1}` : label);
  checkKeys(overlay, overlayKeys, "An overlay", (key) => place(key));
  if (!/^1\.[01](\.\d+)?$/.test(String(overlay.overlay))) {
    throw new SpecError(
      `${place("overlay")}: expected an overlay 1.0 or 1.1, got overlay: ${JSON.stringify(overlay.overlay)}.`,
    );
  }
  if (!Array.isArray(actions) || actions.length === 0) {
    throw new SpecError(
      `${place("actions")}: an overlay has a list of actions, got ${JSON.stringify(actions) ?? "none"}.`,
    );
  }
  for (const [index, action] of actions.entries()) {
    const at = (...steps: readonly string[]): string => place("actions", index, ...steps);
    apply(result, checkAction(action as JsonValue, String(overlay.overlay), at), at);
  }
  return result;
}

type At = (...steps: readonly string[]) => string;
type Path = readonly (string | number)[];

interface Action {
  readonly target: string;
  readonly remove: boolean;
  readonly copy: string | undefined;
  readonly update: JsonValue | undefined;
}

/** Reads an action; what the standard would pass over in silence was meant to do something. */
function checkAction(action: JsonValue, version: string, at: At): Action {
  if (!isObject(action)) throw new SpecError(`${at()}: an action is an object, got ${JSON.stringify(action)}.`);
  checkKeys(action, actionKeys, "An action", (key) => at(key));
  const { target, update, copy, remove = false } = action;
  if (typeof target !== "string") {
    throw new SpecError(`${at()}: the action has no target; say with a JSONPath what it acts on.`);
  }
  if (typeof remove !== "boolean") {
    throw new SpecError(`${at("remove")}: remove is true or false, got ${JSON.stringify(remove)}.`);
  }
  if (copy !== undefined && typeof copy !== "string") {
    throw new SpecError(`${at("copy")}: copy is the JSONPath of what is copied, got ${JSON.stringify(copy)}.`);
  }
  if (copy !== undefined && /^1\.0(\.|$)/.test(version)) {
    throw new SpecError(`${at("copy")}: copy came with Overlay 1.1; say overlay: 1.1.0 at the top.`);
  }
  const named = [remove && "remove", copy !== undefined && "copy", update !== undefined && "update"].filter(Boolean);
  if (named.length > 1) throw new SpecError(`${at()}: an action does one thing, got ${named.join(" and ")}.`);
  const isEmpty = typeof update === "object" && update !== null && Object.keys(update).length === 0;
  if (named.length === 0 || isEmpty) {
    throw new SpecError(`${at()}: the action does nothing; say what to update, copy or remove.`);
  }
  return { target, remove, copy, update };
}

function apply(document: JsonObject, { target, remove, copy, update }: Action, at: At): void {
  const nodes = find(document, target, at("target"));
  // The standard lets such an action pass, but its author meant something.
  if (nodes.length === 0) throw new SpecError(`${at("target")}: the target ${target} finds nothing in the spec.`);
  if (remove) {
    for (const path of nodes.toReversed()) removeAt(document, path);
    return;
  }
  const value = copy === undefined ? update! : copied(document, copy, at("copy"));
  for (const path of nodes) updateAt(document, path, structuredClone(value) as JsonValue);
}

/** The one value that a JSONPath finds, as it is before anything is copied. */
function copied(document: JsonObject, path: string, place: string): JsonValue {
  const nodes = find(document, path, place);
  const [node] = nodes;
  if (!node || nodes.length > 1) {
    throw new SpecError(`${place}: copy finds one value, and ${path} finds ${nodes.length} in the spec.`);
  }
  const value = node.reduce<JsonValue>((below, step) => (below as Container)[step]!, document);
  return structuredClone(value) as JsonValue;
}

function checkKeys(value: JsonObject, known: readonly string[], what: string, place: (key: string) => string): void {
  for (const key of Object.keys(value)) {
    if (known.includes(key) || key.startsWith("x-")) continue;
    const near = nearestWord(key, known);
    const hint = near ? ` Did you mean ${near}?` : "";
    throw new SpecError(`${place(key)}: ${what} has ${known.join(", ")}, not ${JSON.stringify(key)}.${hint}`);
  }
}

function find(document: JsonObject, path: string, place: string): Path[] {
  try {
    return [...query(path, document as JSONValue)].map(({ location }) => location);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new SpecError(`${place}: ${JSON.stringify(path)} is not a valid JSONPath. ${reason}`, { cause });
  }
}

type Container = Record<string | number, JsonValue>;

function ownerOf(document: JsonObject, path: Path): Container {
  return path.slice(0, -1).reduce<Container>((value, step) => value[step] as Container, document as Container);
}

function removeAt(document: JsonObject, path: Path): void {
  const owner = ownerOf(document, path);
  const last = path.at(-1)!;
  if (Array.isArray(owner)) owner.splice(Number(last), 1);
  else delete owner[last];
}

function updateAt(document: JsonObject, path: Path, value: JsonValue): void {
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
