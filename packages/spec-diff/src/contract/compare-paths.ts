import { inBase, inHead } from "../schema/comparison.ts";
import { children, resolved, type Part } from "../schema/part.ts";
import { compareNotesOf } from "./compare-annotations-of.ts";
import { compareOperations } from "./compare-operations.ts";
import { listPaths, shapeOf, type Call, type PathEntry } from "./list-operations.ts";
import type { Scope } from "./scope.ts";

/** A scope for what is seen of one operation. */
export type ScopeOf = (call: Call, inbound: boolean) => Scope;

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
  const matched = new Map<PathEntry, PathEntry>();
  for (const [path, entry] of old) {
    const other = now.get(path) ?? [...now.values()].find((one) => isRenamed(one, path));
    if (other) matched.set(entry, other);
    else for (const [, call] of entry.calls) gone(scopeOf(call, inbound), entry, "path-removed", call);
  }
  const taken = new Set(matched.values());
  for (const entry of now.values()) {
    if (taken.has(entry)) continue;
    for (const [, call] of entry.calls) come(scopeOf(call, inbound), entry, "path-added", call);
  }
  for (const [one, other] of matched) compareItems(one, other);

  function isRenamed(one: PathEntry, path: string): boolean {
    return !old.has(one.path) && shapeOf(one.path) === shapeOf(path);
  }

  function compareItems(one: PathEntry, other: PathEntry): void {
    compareNotesOf(outer, "request", one.item, other.item);
    for (const [method, call] of one.calls) {
      const counterpart = other.calls.get(method);
      if (!counterpart) {
        gone(scopeOf(call, inbound), one, "operation-removed", call);
        continue;
      }
      const scope = scopeOf(counterpart, inbound);
      compareOperations(scope, call, counterpart);
      compareCallbacks(scope, call, counterpart);
    }
    for (const [method, call] of other.calls) {
      if (!one.calls.has(method)) come(scopeOf(call, inbound), other, "operation-added", call);
    }
  }

  function compareCallbacks(scope: Scope, call: Call, counterpart: Call): void {
    const [some, others] = [new Map(callbacksOf(call, scope.base)), new Map(callbacksOf(counterpart, scope.head))];
    for (const name of new Set([...some.keys(), ...others.keys()])) {
      comparePaths(scopeOf, outer, some.get(name), others.get(name), true);
    }
  }
}

function callbacksOf({ operation }: Call, spec: Scope["base"]): [string, Part][] {
  const callbacks = children(operation).find(([key]) => key === "callbacks")?.[1];
  return children(callbacks).map(([name, callback]) => [name, resolved(spec, callback)]);
}

function gone(scope: Scope, { path, item }: PathEntry, rule: "path-removed" | "operation-removed", call: Call): void {
  const whole = rule === "path-removed";
  scope.report(rule, "request", inBase(whole ? item.pointer : call.operation.pointer), {
    name: whole ? path : call.name,
  });
}

function come(scope: Scope, { path, item }: PathEntry, rule: "path-added" | "operation-added", call: Call): void {
  const whole = rule === "path-added";
  scope.report(rule, "request", inHead(whole ? item.pointer : call.operation.pointer), {
    name: whole ? path : call.name,
  });
}
