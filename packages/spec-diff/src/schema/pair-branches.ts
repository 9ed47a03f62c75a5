import type { Comparison } from "./comparison.ts";
import { canonical, type NormalSchema } from "./normal-schema.ts";
import { child, children, type Part } from "./part.ts";
import { schemaReference } from "@image-variations/codegen/document";
import { similarity } from "./similarity.ts";
import type { Site } from "./site.ts";

type Pair = readonly [Site, Site];

/** As many pairs as are measured in a moment. In larger unions, only branches that stand near each other are. */
const maximumCandidates = 250_000;

/** Which branch before is which after: by the discriminator, by name, by what they say, by what is most alike. */
export function pairBranches(comparison: Comparison, old: readonly Site[], now: readonly Site[]): Pair[] {
  const { readBefore, readAfter } = comparison;
  const left = { old: new Set(old), now: new Set(now) };
  const pairs: Pair[] = [];
  const take = (before: Site, after: Site): void => {
    pairs.push([before, after]);
    left.old.delete(before);
    left.now.delete(after);
  };
  const byKey = (keysOf: (site: Site, side: "old" | "now") => readonly string[]): void => {
    const found = new Map<string, Site>();
    for (const site of left.now) for (const key of keysOf(site, "now")) if (!found.has(key)) found.set(key, site);
    for (const site of left.old) {
      const other = keysOf(site, "old")
        .map((key) => found.get(key))
        .find((one) => one && left.now.has(one));
      if (other) take(site, other);
    }
  };
  const read = (site: Site, side: "old" | "now"): NormalSchema => (side === "old" ? readBefore : readAfter)(site);
  byKey(mappedValues(comparison));
  byKey((site, side) => {
    const name = /^\/components\/schemas\/[^/]+$/.exec(read(site, side).pointer)?.[0];
    return name === undefined ? [] : [name];
  });
  byKey((site, side) => {
    const title = read(site, side).annotations.get("title")?.value;
    return typeof title === "string" ? [title] : [];
  });
  const isLarge = left.old.size * left.now.size > maximumCandidates;
  if (isLarge) byKey((site) => [site.parts.map(({ value }) => canonical(value)).join()]);
  if (isLarge) byKey((site, side) => [signatureOf(read(site, side))]);
  for (const [before, after] of mostAlike(comparison, [...left.old], [...left.now])) take(before, after);
  return [...pairs, ...pairOnlyOnes(comparison, [...left.old], [...left.now])];
}

/** The values of the discriminator that lead to a branch, whatever its schema is called. */
function mappedValues(comparison: Comparison): (site: Site, side: "old" | "now") => readonly string[] {
  const { before, after, readBefore, readAfter } = comparison;
  const values = { old: valuesByPointer(before.discriminator), now: valuesByPointer(after.discriminator) };
  return (site, side) => values[side].get((side === "old" ? readBefore : readAfter)(site).pointer) ?? [];
}

function valuesByPointer(discriminator: Part | undefined): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [value, { value: target }] of children(discriminator && child(discriminator, "mapping"))) {
    const pointer = typeof target === "string" ? schemaReference(target).slice(1) : "";
    found.set(pointer, [...(found.get(pointer) ?? []), value]);
  }
  return found;
}

/** What a branch is about, without its limits. */
function signatureOf({ types, values, properties }: NormalSchema): string {
  return [[...(types ?? [])], [...(values?.keys() ?? [])], [...properties.keys()]]
    .map((words) => words.toSorted().join(","))
    .join(" ");
}

function mostAlike({ readBefore, readAfter }: Comparison, old: readonly Site[], now: readonly Site[]): Pair[] {
  const reach = old.length * now.length > maximumCandidates ? Math.ceil(maximumCandidates / old.length / 2) : Infinity;
  const candidates = old.flatMap((before, index) =>
    now.slice(Math.max(0, index - reach), index + reach + 1).map((after) => ({
      before,
      after,
      score: similarity(readBefore(before), readAfter(after)),
    })),
  );
  const taken = new Set<Site>();
  return candidates
    .toSorted((a, b) => b.score - a.score)
    .flatMap(({ before, after, score }): Pair[] => {
      if (score === 0 || taken.has(before) || taken.has(after)) return [];
      taken.add(before).add(after);
      return [[before, after]];
    });
}

/** Where one branch of a type is left on each side, it is the same one, if one of them says nothing but its type. */
function pairOnlyOnes({ readBefore, readAfter }: Comparison, left: readonly Site[], others: readonly Site[]): Pair[] {
  const meet = (one: Site, other: Site): boolean => {
    const [a, b] = [readBefore(one), readAfter(other)];
    const oneSaysNothing = a.properties.size === 0 || b.properties.size === 0;
    return oneSaysNothing && (!a.types || !b.types || [...a.types].some((type) => b.types!.has(type)));
  };
  const partners = new Map<Site, Site[]>();
  const counts = new Map<Site, number>();
  for (const one of left) {
    const candidates = others.filter((other) => meet(one, other));
    partners.set(one, candidates);
    for (const other of candidates) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  return left.flatMap((one): Pair[] => {
    const [only, ...more] = partners.get(one)!;
    return only && more.length === 0 && counts.get(only) === 1 ? [[one, only]] : [];
  });
}
