import { inBase, inHead } from "../schema/comparison.ts";
import { quote } from "../schema/describe.ts";
import { child, children, objectOf, resolved, type Part } from "../schema/part.ts";
import { anything, siteOf } from "../schema/site.ts";
import type { JsonObject } from "@image-variations/codegen/document";
import type { Spec } from "../schema/spec.ts";
import { compareAnnotationsOf } from "./compare-annotations-of.ts";
import { compareContent } from "./compare-content.ts";
import { placeholders, type OperationEntry } from "./list-operations.ts";
import type { Scope } from "./scope.ts";

/** Compares the parameters of an operation, those of its path included. */
export function compareParameters(scope: Scope, before: OperationEntry, after: OperationEntry): void {
  const old = parametersOf(scope.base, before);
  const now = parametersOf(scope.head, after);
  for (const [key, parameter] of old) {
    const other = now.get(key);
    if (other) compareParameter(scope, parameter, other);
    else scope.report("parameter-removed", scope.sent, inBase(parameter.pointer), factsOf(parameter));
  }
  for (const [key, parameter] of now) {
    if (old.has(key)) continue;
    const rule = isRequired(parameter) ? "parameter-added-required" : "parameter-added";
    scope.report(rule, scope.sent, inHead(parameter.pointer), factsOf(parameter));
  }
}

/** Headers that OpenAPI says are described elsewhere. */
const ignoredHeaders: ReadonlySet<string> = new Set(["accept", "content-type", "authorization"]);

function parametersOf(spec: Spec, { item, operation, path }: OperationEntry): Map<string, Part> {
  const names = placeholders(path);
  const listed = [item, operation].flatMap((owner) => children(child(owner, "parameters")));
  const parameters = listed.map(([, reference]) => resolved(spec, reference));
  return new Map(
    parameters
      .filter((parameter) => !isIgnored(objectOf(parameter)))
      .map((parameter) => [identityOf(objectOf(parameter), names), parameter]),
  );
}

function isIgnored({ in: place, name }: JsonObject): boolean {
  return place === "header" && ignoredHeaders.has(String(name).toLowerCase());
}

/** What is the same parameter: on the wire, a placeholder has a position and no name, and a header has no case. */
function identityOf({ in: place, name }: JsonObject, names: readonly string[]): string {
  if (place === "path") return `path ${names.indexOf(String(name))}`;
  return place === "header" ? `header ${String(name).toLowerCase()}` : `${String(place)} ${String(name)}`;
}

function factsOf(parameter: Part): Record<string, string> {
  const { in: place, name } = objectOf(parameter);
  return { place: String(place), name: quote(name) };
}

function isRequired(parameter: Part): boolean {
  const { in: place, required } = objectOf(parameter);
  return place === "path" || required === true;
}

function compareParameter(scope: Scope, before: Part, after: Part): void {
  const { report, sent, schemas } = scope;
  const facts = factsOf(after);
  compareAnnotationsOf(scope, sent, before, after);
  const [old, now] = [objectOf(before), objectOf(after)];
  if (isRequired(before) !== isRequired(after)) {
    report(isRequired(after) ? "parameter-required" : "parameter-optional", sent, inHead(after.pointer), facts);
  }
  if ((old.deprecated === true) !== (now.deprecated === true)) {
    report(now.deprecated === true ? "deprecated" : "undeprecated", sent, inHead(after.pointer));
  }
  if ((old.allowEmptyValue === true) !== (now.allowEmptyValue === true)) {
    const rule = now.allowEmptyValue === true ? "empty-value-allowed" : "empty-value-rejected";
    report(rule, sent, inHead(after.pointer), facts);
  }
  compareWriting(scope, before, after);
  const [schema, other] = [child(before, "schema"), child(after, "schema")];
  if (schema || other) {
    const site = (part: Part | undefined, owner: Part) => (part ? siteOf(part) : anything(owner.pointer));
    for (const observed of schemas(site(schema, before), site(other, after), sent)) {
      report(observed.rule, observed.direction, observed, observed.facts);
    }
  }
  compareContent(scope, sent, child(before, "content"), child(after, "content"));
}

function compareWriting({ report, sent }: Scope, before: Part, after: Part): void {
  const [old, now] = [before, after].map((part) => writingOf(objectOf(part))) as [JsonObject, JsonObject];
  for (const keyword of Object.keys(old)) {
    if (old[keyword] === now[keyword]) continue;
    // Only what a list or an object is written like depends on it.
    const facts = { ...factsOf(after), keyword, before: quote(old[keyword]), after: quote(now[keyword]) };
    report("parameter-serialization-changed", sent, inHead(after.pointer), facts);
  }
}

function writingOf({ in: place, style, explode, allowReserved }: JsonObject): JsonObject {
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  const written = style ?? usual;
  return { style: written, explode: explode ?? written === "form", allowReserved: allowReserved ?? false };
}
