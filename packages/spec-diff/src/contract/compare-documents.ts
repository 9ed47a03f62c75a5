import type { ObservedChange } from "../policy/observed-change.ts";
import { inBase, inHead } from "../schema/comparison.ts";
import { createSchemaComparer } from "../schema/create-schema-comparer.ts";
import { quote } from "../schema/describe.ts";
import { canonical } from "../schema/normal-schema.ts";
import { child, children, type Part } from "../schema/part.ts";
import type { Spec } from "../schema/spec.ts";
import { compareAnnotationsOf } from "./compare-annotations-of.ts";
import { comparePaths, type ScopeOf } from "./compare-paths.ts";
import { compareSchemes } from "./compare-schemes.ts";
import { compareServers } from "./compare-servers.ts";
import type { Scope } from "./scope.ts";

/** An observed change, and the operations that it reaches. */
export interface LocatedChange {
  readonly observed: ObservedChange;
  readonly operations: readonly string[];
}

/**
 * The schema opinion: every difference between two documents, each told once.
 *
 * @param names Whether the names of schemas and placeholders, which only generated code knows, count too.
 */
export function compareDocuments(base: Spec, head: Spec, { names }: { readonly names: boolean }): LocatedChange[] {
  const found = new Map<string, { observed: ObservedChange; operations: Set<string> }>();
  const schemas = createSchemaComparer(base, head);
  const scope = (operation: string | undefined, inbound: boolean): Scope => ({
    base,
    head,
    sent: inbound ? "response" : "request",
    received: inbound ? "request" : "response",
    names,
    schemas,
    report: (rule, direction, { pointer, document }, facts = {}) => {
      const key = `${rule} ${direction} ${document} ${pointer} ${canonical(facts)}`;
      const entry = found.get(key) ?? {
        observed: { rule, direction, pointer, document, facts },
        operations: new Set(),
      };
      found.set(key, entry);
      if (operation) entry.operations.add(operation);
    },
  });
  const outer = scope(undefined, false);
  const scopeOf: ScopeOf = (operation, inbound) => scope(operation.name, inbound);
  const part = (spec: Spec, key: string): Part | undefined => child({ value: spec.document, pointer: "" }, key);

  compareHeads(outer, part);
  compareServers(outer);
  compareSchemes(outer);
  comparePaths(scopeOf, outer, part(base, "paths"), part(head, "paths"));
  comparePaths(scopeOf, outer, part(base, "webhooks"), part(head, "webhooks"), true);
  if (names) compareNames(outer, part);
  return [...found.values()].map(({ observed, operations }) => ({ observed, operations: [...operations] }));
}

type PartOf = (spec: Spec, key: string) => Part | undefined;

/** What a document says of itself. */
function compareHeads(scope: Scope, part: PartOf): void {
  const { base, head, report } = scope;
  const root = (spec: Spec): Part => ({ value: spec.document, pointer: "" });
  compareAnnotationsOf(scope, "both", root(base), root(head));
  const [old, now] = [base, head].map((spec) => new Map(children(part(spec, "info"))));
  for (const key of new Set([...old!.keys(), ...now!.keys()])) {
    const [before, after] = [old!.get(key), now!.get(key)];
    if (before && after && canonical(before.value) === canonical(after.value)) continue;
    const facts = { keyword: `info.${key}`, before: quote(before?.value), after: quote(after?.value) };
    const rule =
      key === "version" ? "version-changed" : key.startsWith("x-") ? "extension-changed" : "description-changed";
    report(rule, "both", after ? inHead(after.pointer) : inBase(before!.pointer), facts);
  }
}

/** The named types of generated code. */
function compareNames({ base, head, report }: Scope, part: PartOf): void {
  const namesOf = (spec: Spec): Map<string, Part> => {
    const components = part(spec, "components");
    return new Map(children(components && child(components, "schemas")));
  };
  const [old, now] = [namesOf(base), namesOf(head)];
  for (const [name, { pointer }] of old) if (!now.has(name)) report("name-removed", "both", inBase(pointer), { name });
  for (const [name, { pointer }] of now) if (!old.has(name)) report("name-added", "both", inHead(pointer), { name });
}
