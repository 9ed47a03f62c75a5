import type { JsonValue } from "@image-variations/codegen/document";
import { inBase, inHead, type Comparison } from "./comparison.ts";
import { describeSchema, quote } from "./describe.ts";
import { hasClash } from "./has-clash.ts";
import type { NormalSchema, Union } from "./normal-schema.ts";
import { pairBranches } from "./pair-branches.ts";
import { child, children, objectOf, type Part } from "./part.ts";
import { schemaReference } from "@image-variations/codegen/document";
import { createSearch } from "./search-branches.ts";
import { atBranch, ofType, siteOf, withoutNull, type Site } from "./site.ts";

/** Compares alternatives. Only called where at least one of the two schemas has any. */
export function compareUnions(comparison: Comparison): void {
  const { before, after, beforeSite, afterSite } = comparison;
  const [old, now] = [before.unions[0], after.unions[0]];
  let pairs: readonly (readonly [Site, Site])[] = [];
  if (old && now) {
    compareKinds(comparison, old, now);
    pairs = compareBranches(comparison, old.branches, now.branches);
    if (before.unions.length > 1 || after.unions.length > 1) compareFurther(comparison);
  } else if (now) {
    // One schema before, alternatives now: the one is compared as branches by type, or as the only branch.
    const branches = now.branches.map((branch) => atBranch(afterSite, now.pointer, branch));
    pairs = compareBranches(comparison, byType(before, beforeSite), branches);
  } else if (old) {
    const branches = old.branches.map((branch) => atBranch(beforeSite, old.pointer, branch));
    pairs = compareBranches(comparison, branches, byType(after, afterSite));
  }
  compareDiscriminators(comparison, pairs);
}

/** A schema of several types is a union of them, written otherwise. */
function byType({ types }: NormalSchema, site: Site): Site[] {
  return types && types.size > 1 ? [...types].map((type) => ofType(site, type)) : [site];
}

function compareKinds({ readAfter, report }: Comparison, old: Union, now: Union): void {
  if (old.kind === now.kind) return;
  if (!hasClash(readAfter, now.branches)) return;
  report(now.kind === "anyOf" ? "union-loosened" : "union-tightened", inHead(now.pointer));
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

/** Compares branches, and returns those that are the same one before and after. */
function compareBranches(
  comparison: Comparison,
  oldSites: readonly Site[],
  newSites: readonly Site[],
): readonly (readonly [Site, Site])[] {
  const [old, now] = [oldSites, newSites].map((sites) => sites.map((site) => withoutNull(site))) as [Site[], Site[]];
  const { before, after, readBefore, readAfter, follow, report } = comparison;
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
  const [paired, others] = [new Set(pairs.map(([one]) => one)), new Set(pairs.map(([, other]) => other))];
  // A discriminator leads each value to its own branch, so that no other one can stand in.
  const told = before.discriminator !== undefined || after.discriminator !== undefined;
  const elsewhere = createSearch(comparison, rest.old, rest.now);
  for (const [one, other] of pairs) {
    const spared = new Set<string>();
    if (!told && elsewhere.fits(one, other)) spared.add("narrows");
    if (!told && elsewhere.covers(other, one)) spared.add("widens");
    follow(one, other, spared);
  }
  for (const site of rest.old) {
    if (paired.has(site) || (!told && elsewhere.fits(site))) continue;
    report("branch-removed", inBase(site.parts[0].pointer), { branch: describeSchema(readBefore(site)) });
  }
  for (const site of rest.now) {
    if (others.has(site) || (!told && elsewhere.covers(site))) continue;
    report("branch-added", inHead(site.parts[0].pointer), { branch: describeSchema(readAfter(site)) });
  }
  if (after.unions[0]?.kind === "oneOf" && before.unions[0]?.kind !== "anyOf" && !told) {
    compareExclusion(comparison, rest.old, rest.now, pairs);
  }
  if (before.unions[0]?.kind === "oneOf" && after.unions.length === 0 && !told) {
    const reached = rest.old.filter((site) => rest.now.some((other) => canReach(readAfter(other), readBefore(site))));
    if (hasClash(readBefore, reached)) report("union-loosened", inHead(after.pointer));
  }
  return pairs;
}

/** What fits two branches of a `oneOf` is rejected, so a branch that is new may shut out what another one allows. */
function compareExclusion(
  { readBefore, readAfter, report, after }: Comparison,
  old: readonly Site[],
  now: readonly Site[],
  pairs: readonly (readonly [Site, Site])[],
): void {
  const paired = new Set(pairs.map(([, other]) => other));
  const isNew = (site: Site): boolean => old.length === 1 || !paired.has(site);
  // Where no branch is new, none can shut out what another one allows; where all are apart, none does.
  if (!now.some((site) => isNew(site)) || !hasClash(readAfter, now, isNew)) return;
  for (const site of old) {
    const schema = readBefore(site);
    const reached = now.filter((other) => canReach(schema, readAfter(other)));
    if (hasClash(readAfter, reached, isNew)) return report("union-tightened", inHead(after.unions[0]!.pointer));
  }
}

/** Whether what is described by the one can be legal by the other: nothing is required there that is unknown here. */
function canReach(one: NormalSchema, other: NormalSchema): boolean {
  const types = !one.types || !other.types || [...one.types].some((type) => other.types!.has(type));
  return types && [...other.required.keys()].every((name) => one.properties.has(name) || one.required.has(name));
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

function mappingOf(discriminator: Part | undefined): ReadonlyMap<string, Part> {
  return new Map(children(discriminator && child(discriminator, "mapping")));
}

function pointerOf(target: JsonValue): string {
  return typeof target === "string" ? schemaReference(target).slice(1) : "";
}

function isText({ types }: NormalSchema): boolean {
  return types?.size === 1 && types.has("string");
}

function isAnyString(schema: NormalSchema): boolean {
  return isText(schema) && !schema.values && schema.bounds.size === 0 && schema.assertions.size === 0;
}

function compareDiscriminators(
  { before, after, readBefore, readAfter, fits, covers, report }: Comparison,
  pairs: readonly (readonly [Site, Site])[],
): void {
  const [old, now] = [before.discriminator, after.discriminator];
  if (!old && !now) return;
  const place = now ? inHead(now.pointer) : inBase(old!.pointer);
  const [oldName, newName] = [old, now].map((part) => objectOf(part).propertyName);
  if (!old) return report("discriminator-added", place, { name: quote(newName) });
  if (oldName !== newName) {
    return report("discriminator-changed", place, { before: quote(oldName), after: quote(newName) });
  }
  const [oldMapping, newMapping] = [mappingOf(old), mappingOf(now)];
  if (oldMapping.size === 0 || newMapping.size === 0) return;
  for (const [value, target] of oldMapping) {
    const other = newMapping.get(value);
    if (!other) report("discriminator-value-removed", inBase(target.pointer), { value: quote(value) });
    else if (!isSameTarget(target, other)) {
      report("discriminator-value-moved", inHead(other.pointer), { value: quote(value) });
    }
  }
  for (const [value, { pointer }] of newMapping) {
    if (!oldMapping.has(value)) report("discriminator-value-added", inHead(pointer), { value: quote(value) });
  }

  /** Schemas can be renamed: what counts is which branch the value stands for, or what is legal there. */
  function isSameTarget(target: Part, other: Part): boolean {
    const [one, next] = [pointerOf(target.value), pointerOf(other.value)];
    if (one === next) return true;
    const pair = pairs.find(([site]) => readBefore(site).pointer === one);
    if (pair) return readAfter(pair[1]).pointer === next;
    const sites = [target, other].map(({ value }) => siteOf({ value: { $ref: `#${pointerOf(value)}` }, pointer: "" }));
    return fits(sites[0]!, sites[1]!) && covers(sites[0]!, sites[1]!);
  }
}
