import type { JsonObject } from "../document/openapi-document.ts";
import { httpMethods } from "../document/openapi-document.ts";
import { isIdentifier, toIdentifier } from "../document/identifier.ts";
import { isObject } from "../document/is-object.ts";
import { SpecError } from "../document/spec-error.ts";

/** An operation of a document, before anything is known of its shape. */
export interface OperationPlace {
  readonly path: string;
  readonly method: string;
  readonly operation: JsonObject;
}

/** Every operation, in the order of the document. */
export function operationsOf(document: JsonObject): OperationPlace[] {
  const paths = isObject(document.paths) ? document.paths : {};
  return Object.entries(paths).flatMap(([path, item]) =>
    httpMethods.flatMap((method) => {
      const operation = isObject(item) ? item[method] : undefined;
      return isObject(operation) ? [{ path, method, operation }] : [];
    }),
  );
}

/**
 * A name for an operation that has no operationId: the method and the words of the path, a parameter with `By`.
 * `GET /pets/{petId}/toys` is `getPetsByPetIdToys`.
 */
export function derivedOperationId(method: string, path: string): string {
  const words = path.split("/").flatMap((step) => {
    const parameter = /^\{([^}]*)\}$/.exec(step)?.[1];
    return parameter === undefined ? step.replaceAll(/\{([^}]*)\}/g, " by $1 ") : `by ${parameter}`;
  });
  return camelCase([method, ...words].join(" "));
}

/** Words as one identifier: `list pets` and `list-pets` are `listPets`. */
export function camelCase(text: string): string {
  const words = text.split(/(?:[^\p{ID_Continue}]|_)+/u).filter(Boolean);
  const [first = "", ...rest] = words;
  return toIdentifier(
    first.replace(/^./u, (letter) => letter.toLowerCase()) + rest.map((word) => capitalized(word)).join(""),
  );
}

export function capitalized(word: string): string {
  return word.replace(/^./u, (letter) => letter.toUpperCase());
}

/** The document with an operationId in every operation, each an identifier and the only one of its name. */
export function withOperationIds(document: JsonObject): JsonObject {
  const used = new Set<string>();
  const names = new Map<JsonObject, string>();
  for (const { path, method, operation } of operationsOf(document)) {
    const { operationId } = operation;
    const wanted =
      typeof operationId === "string" && operationId ? identifier(operationId) : derivedOperationId(method, path);
    let name = wanted;
    for (let count = 2; used.has(name); count++) name = `${wanted}${count}`;
    used.add(name);
    names.set(operation, name);
  }
  const paths = Object.entries(isObject(document.paths) ? document.paths : {}).map(([path, item]) => [
    path,
    isObject(item)
      ? Object.fromEntries(
          Object.entries(item).map(([method, operation]) => [
            method,
            isObject(operation) && names.has(operation)
              ? { ...operation, operationId: names.get(operation)! }
              : operation,
          ]),
        )
      : item,
  ]);
  return { ...document, paths: Object.fromEntries(paths) as JsonObject };
}

function identifier(operationId: string): string {
  return isIdentifier(operationId) ? operationId : camelCase(operationId);
}

/** Names that an object has, or that make a promise of it. */
const reserved: ReadonlySet<string> = new Set(
  "__proto__ constructor prototype then toString valueOf hasOwnProperty".split(" "),
);

/**
 * The name of each operation's method, as `images.createVariation`: what `x-client-method` says, else the first tag and the
 * operationId, else the operationId alone.
 *
 * @throws SpecError if two operations would have the same one.
 */
export function methodNames(document: JsonObject): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const owners = new Map<string, string>();
  const all = operationsOf(document).map(({ path, method, operation }) => ({
    operation: `${method.toUpperCase()} ${path}`,
    steps: stepsOf(operation, `${method.toUpperCase()} ${path}`),
    isChosen: typeof operation["x-client-method"] === "string",
  }));
  const groups = new Set(
    all.flatMap(({ steps }) => steps.slice(0, -1).map((_, index) => steps.slice(0, index + 1).join("."))),
  );
  for (const { operation, steps, isChosen } of all) {
    let name = steps.join(".");
    if (!isChosen) while (owners.has(name) || groups.has(name)) name += "_";
    const owner = owners.get(name);
    if (owner || groups.has(name)) {
      throw new SpecError(
        `${operation}: x-client-method is ${name}, and so is ${owner ? `that of ${owner}` : "the group of other methods"}; name another one.`,
      );
    }
    owners.set(name, operation);
    names.set(operation, name);
  }
  return names;
}

function stepsOf(operation: JsonObject, place: string): string[] {
  const { "x-client-method": chosen, tags, operationId } = operation;
  if (chosen !== undefined) {
    if (typeof chosen !== "string" || !chosen.split(".").every((step) => isIdentifier(step))) {
      throw new SpecError(
        `${place}: x-client-method is names with dots between them, such as images.createVariation, got ${JSON.stringify(chosen)}.`,
      );
    }
    return chosen.split(".").map((step) => safe(step));
  }
  const [tag] = Array.isArray(tags) ? tags : [];
  return [...(typeof tag === "string" ? [camelCase(tag)] : []), camelCase(String(operationId))].map((step) =>
    safe(step),
  );
}

function safe(step: string): string {
  return reserved.has(step) ? `${step}_` : step;
}
