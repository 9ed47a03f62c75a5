import { inBase, inHead } from "../schema/comparison.ts";
import { quote } from "../schema/describe.ts";
import { child, children, objectOf, resolved, type Part } from "../schema/part.ts";
import { anything, siteOf } from "../schema/site.ts";
import type { Spec } from "../schema/spec.ts";
import { compareContent } from "./compare-content.ts";
import { compareAnnotationsOf } from "./compare-annotations-of.ts";
import type { Scope } from "./scope.ts";

/** Compares the headers of a response. */
export function compareHeaders(scope: Scope, before: Part | undefined, after: Part | undefined): void {
  const { report, received, schemas } = scope;
  const [old, now] = [headersOf(scope.base, before), headersOf(scope.head, after)];
  for (const [name, header] of old) {
    const other = now.get(name);
    const facts = { name: quote(name) };
    if (!other) {
      report("header-removed", received, inBase(header.pointer), facts);
      continue;
    }
    compareAnnotationsOf(scope, received, header, other);
    const [was, is] = [header, other].map((part) => objectOf(part).required === true);
    if (was !== is) report(is ? "header-required" : "header-optional", received, inHead(other.pointer), facts);
    if ((objectOf(header).deprecated === true) !== (objectOf(other).deprecated === true)) {
      const rule = objectOf(other).deprecated === true ? "deprecated" : "undeprecated";
      report(rule, received, inHead(other.pointer));
    }
    const [schema, counterpart] = [header, other].map((part) => child(part, "schema"));
    if (schema || counterpart) {
      const observedChanges = schemas(
        schema ? siteOf(schema) : anything(header.pointer),
        counterpart ? siteOf(counterpart) : anything(other.pointer),
        received,
      );
      for (const observed of observedChanges) report(observed.rule, observed.direction, observed, observed.facts);
    }
    compareContent(scope, received, child(header, "content"), child(other, "content"));
  }
  for (const [name, header] of now) {
    if (!old.has(name)) report("header-added", received, inHead(header.pointer), { name: quote(name) });
  }
}

/** By name in lower case; OpenAPI says that Content-Type is described by the media types. */
function headersOf(spec: Spec, headers: Part | undefined): Map<string, Part> {
  return new Map(
    children(headers)
      .map(([name, header]): [string, Part] => [name.toLowerCase(), resolved(spec, header)])
      .filter(([name]) => name !== "content-type"),
  );
}
