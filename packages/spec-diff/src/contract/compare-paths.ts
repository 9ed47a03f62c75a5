import { inBase, inHead } from "../schema/comparison.ts";
import { children, resolved, type Part } from "../schema/part.ts";
import { compareAnnotationsOf } from "./compare-annotations-of.ts";
import { compareOperations } from "./compare-operations.ts";
import { listPaths, shapeOf, type OperationEntry, type PathEntry } from "./list-operations.ts";
import type { Scope } from "./scope.ts";

/** A scope for what is seen of one operation. */
export type ScopeOf = (operation: OperationEntry, inbound: boolean) => Scope;

/** Compares paths, or webhooks (`inbound`), with everything below them. */
export function comparePaths(
  scopeOf: ScopeOf,
  outer: Scope,
  before: Part | undefined,
  after: Part | undefined,
  inbound = false,
): void {
  const old = listPaths(outer.base, before);
  const now = listPaths(outer.head, after);
  const matched = matchPaths(old, now);
  for (const entry of old.values()) {
    if (matched.has(entry)) continue;
    for (const operation of entry.operations.values()) {
      gone(scopeOf(operation, inbound), entry, "path-removed", operation);
    }
  }
  const taken = new Set(matched.values());
  for (const entry of now.values()) {
    if (taken.has(entry)) continue;
    for (const operation of entry.operations.values()) {
      come(scopeOf(operation, inbound), entry, "path-added", operation);
    }
  }
  for (const [one, other] of matched) compareItems(one, other);

  function compareItems(one: PathEntry, other: PathEntry): void {
    compareAnnotationsOf(outer, "request", one.item, other.item);
    for (const [method, operation] of one.operations) {
      const counterpart = other.operations.get(method);
      if (!counterpart) {
        gone(scopeOf(operation, inbound), one, "operation-removed", operation);
        continue;
      }
      const scope = scopeOf(counterpart, inbound);
      compareOperations(scope, operation, counterpart);
      compareCallbacks(scope, operation, counterpart);
    }
    for (const [method, operation] of other.operations) {
      if (!one.operations.has(method)) come(scopeOf(operation, inbound), other, "operation-added", operation);
    }
  }

  function compareCallbacks(scope: Scope, operation: OperationEntry, counterpart: OperationEntry): void {
    const [some, others] = [new Map(callbacksOf(operation, scope.base)), new Map(callbacksOf(counterpart, scope.head))];
    for (const name of new Set([...some.keys(), ...others.keys()])) {
      comparePaths(scopeOf, outer, some.get(name), others.get(name), true);
    }
  }
}

/** Each path before with the same path after, or with the one whose placeholders were renamed. */
function matchPaths(
  old: ReadonlyMap<string, PathEntry>,
  now: ReadonlyMap<string, PathEntry>,
): Map<PathEntry, PathEntry> {
  const matched = new Map<PathEntry, PathEntry>();
  for (const [path, entry] of old) {
    const isRenamed = (one: PathEntry): boolean => !old.has(one.path) && shapeOf(one.path) === shapeOf(path);
    const other = now.get(path) ?? [...now.values()].find((one) => isRenamed(one));
    if (other) matched.set(entry, other);
  }
  return matched;
}

function callbacksOf({ operation }: OperationEntry, spec: Scope["base"]): [string, Part][] {
  const callbacks = children(operation).find(([key]) => key === "callbacks")?.[1];
  return children(callbacks).map(([name, callback]) => [name, resolved(spec, callback)]);
}

function gone(
  scope: Scope,
  { path, item }: PathEntry,
  rule: "path-removed" | "operation-removed",
  operation: OperationEntry,
): void {
  const whole = rule === "path-removed";
  scope.report(rule, "request", inBase(whole ? item.pointer : operation.operation.pointer), {
    name: whole ? path : operation.name,
  });
}

function come(
  scope: Scope,
  { path, item }: PathEntry,
  rule: "path-added" | "operation-added",
  operation: OperationEntry,
): void {
  const whole = rule === "path-added";
  scope.report(rule, "request", inHead(whole ? item.pointer : operation.operation.pointer), {
    name: whole ? path : operation.name,
  });
}
