import type { Comparison } from "./comparison.ts";
import { inBase, inHead } from "./comparison.ts";
import { describeSchema, quote } from "./describe.ts";
import { canonical, type NormalSchema, type Union } from "./normal-schema.ts";
import { children, objectOf, pointTo } from "./part.ts";
import { similarity } from "./similarity.ts";
import { atBranch, withoutNull, type Site } from "./site.ts";

/** Compares alternatives. Only called where at least one of the two schemas has any. */
export function compareUnions(comparison: Comparison): void {
  const { before, after, beforeSite, afterSite, report } = comparison;
  const [old, now] = [before.unions[0], after.unions[0]];
  if (old && now) {
    compareKinds(comparison, old, now);
    compareBranches(comparison, old.branches, now.branches);
    if (before.unions.length > 1 || after.unions.length > 1) compareFurther(comparison);
  } else if (now) {
    // One schema before, alternatives now: the one is compared as the only branch of a union.
    compareBranches(
      comparison,
      [beforeSite],
      now.branches.map((branch) => atBranch(afterSite, now.pointer, branch)),
    );
  } else if (old) {
    compareBranches(
      comparison,
      old.branches.map((branch) => atBranch(beforeSite, old.pointer, branch)),
      [afterSite],
    );
  }
  compareDiscriminators(comparison, report);
}

function compareKinds({ readAfter, report }: Comparison, old: Union, now: Union): void {
  if (old.kind === now.kind) return;
  const tags = now.branches.map((branch) => readAfter(branch));
  if (tags.every((one, index) => tags.slice(index + 1).every((other) => apart(one, other)))) return;
  report(now.kind === "anyOf" ? "union-loosened" : "union-tightened", inHead(now.pointer));
}

/** Whether no value can be both, as far as their types tell. */
function apart(a: NormalSchema, b: NormalSchema): boolean {
  if (!a.types || !b.types) return false;
  const number = (type: string): string => (type === "integer" ? "number" : type);
  const others = new Set([...b.types].map((type) => number(type)));
  return [...a.types].every((type) => !others.has(number(type)));
}

/** More than one union in a schema is rare enough to only ask whether anything changed. */
function compareFurther({ before, after, follow, report }: Comparison): void {
  const [old, now] = [before.unions.slice(1), after.unions.slice(1)];
  if (old.length !== now.length) {
    report("condition-changed", inHead(after.pointer), { keyword: "oneOf or anyOf" });
    return;
  }
  for (const [index, union] of old.entries()) {
    const other = now[index]!;
    if (union.branches.length !== other.branches.length) {
      report("condition-changed", inHead(other.pointer), { keyword: other.kind });
    } else for (const [place, branch] of union.branches.entries()) follow(branch, other.branches[place]!);
  }
}

function compareBranches(comparison: Comparison, oldSites: readonly Site[], newSites: readonly Site[]): void {
  const [old, now] = [oldSites, newSites].map((sites) => sites.map((site) => withoutNull(site))) as [Site[], Site[]];
  const { readBefore, readAfter, fits, covers, follow, report } = comparison;
  const open = {
    old: old.some((site) => isAnyString(readBefore(site))),
    now: now.some((site) => isAnyString(readAfter(site))),
  };
  const rest = { old, now };
  if (open.old && open.now) {
    const isName = (schema: NormalSchema): boolean => schema.values !== undefined && isText(schema);
    compareSuggestions(comparison, old, now);
    rest.old = old.filter((site) => !isName(readBefore(site)));
    rest.now = now.filter((site) => !isName(readAfter(site)));
  }
  const pairs = pairBranches(comparison, rest.old, rest.now);
  for (const [before, after] of pairs) {
    const elsewhere = new Set<string>();
    if (rest.now.some((other) => other !== after && fits(before, other))) elsewhere.add("narrows");
    if (rest.old.some((other) => other !== before && covers(other, after))) elsewhere.add("widens");
    follow(before, after, elsewhere);
  }
  for (const site of rest.old) {
    if (pairs.some(([before]) => before === site) || rest.now.some((other) => fits(site, other))) continue;
    report("branch-removed", inBase(site.parts[0].pointer), { branch: describeSchema(readBefore(site)) });
  }
  for (const site of rest.now) {
    if (pairs.some(([, after]) => after === site) || rest.old.some((other) => covers(other, site))) continue;
    report("branch-added", inHead(site.parts[0].pointer), { branch: describeSchema(readAfter(site)) });
  }
}

/** Names beside a branch that allows any string: they suggest, and rule nothing out. */
function compareSuggestions(
  { readBefore, readAfter, report }: Comparison,
  old: readonly Site[],
  now: readonly Site[],
): void {
  const before = new Map(old.flatMap((site) => [...(readBefore(site).values ?? [])]));
  const after = new Map(now.flatMap((site) => [...(readAfter(site).values ?? [])]));
  for (const [key, { value, pointer }] of after) {
    if (!before.has(key)) report("suggestion-added", inHead(pointer), { value: quote(value) });
  }
  for (const [key, { value, pointer }] of before) {
    if (!after.has(key)) report("suggestion-removed", inBase(pointer), { value: quote(value) });
  }
}

function pairBranches(comparison: Comparison, old: readonly Site[], now: readonly Site[]): [Site, Site][] {
  const { readBefore, readAfter } = comparison;
  const candidates = old.flatMap((before) =>
    now.map((after) => ({ before, after, score: similarity(readBefore(before), readAfter(after)) })),
  );
  const pairs: [Site, Site][] = [];
  for (const { before, after, score } of candidates.toSorted((a, b) => b.score - a.score)) {
    if (score === 0 || pairs.some((pair) => pair[0] === before || pair[1] === after)) continue;
    pairs.push([before, after]);
  }
  return pairs;
}

function isText({ types }: NormalSchema): boolean {
  return types?.size === 1 && types.has("string");
}

function isAnyString(schema: NormalSchema): boolean {
  return isText(schema) && !schema.values && schema.bounds.size === 0 && schema.assertions.size === 0;
}

function compareDiscriminators({ before, after }: Comparison, report: Comparison["report"]): void {
  const [old, now] = [before.discriminator, after.discriminator];
  if (!old && !now) return;
  const place = now ? inHead(now.pointer) : inBase(old!.pointer);
  const [oldName, newName] = [old, now].map((part) => objectOf(part).propertyName);
  if (!old) return report("discriminator-added", place, { name: quote(newName) });
  if (oldName !== newName) {
    return report("discriminator-changed", place, { before: quote(oldName), after: quote(newName) });
  }
  const mappings = [old, now!].map(
    (part) => new Map(children({ value: objectOf(part).mapping ?? {}, pointer: pointTo(part.pointer, "mapping") })),
  );
  const [oldMapping, newMapping] = mappings as [
    Map<string, { value: never; pointer: string }>,
    Map<string, { value: never; pointer: string }>,
  ];
  if (oldMapping.size === 0 || newMapping.size === 0) return;
  for (const [value, target] of oldMapping) {
    const other = newMapping.get(value);
    if (!other) report("discriminator-value-removed", inBase(target.pointer), { value: quote(value) });
    else if (canonical(other.value) !== canonical(target.value)) {
      report("discriminator-value-moved", inHead(other.pointer), { value: quote(value) });
    }
  }
  for (const [value, { pointer }] of newMapping) {
    if (!oldMapping.has(value)) report("discriminator-value-added", inHead(pointer), { value: quote(value) });
  }
}
