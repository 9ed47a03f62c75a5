import type { Comparison } from "./comparison.ts";
import type { NormalSchema } from "./normal-schema.ts";
import { objectOf } from "./part.ts";
import type { Site } from "./site.ts";
import { valuedProperties } from "./valued-properties.ts";

/** What a union is looked through for in a second or two. Beyond it, no branch is taken to stand in for another one. */
const maximumLooks = 1_000_000;
const maximumComparisons = 5000;

/** Looks for a branch of a union that allows what another one allowed. */
export interface BranchSearch {
  /** Whether every value of an old branch is legal at one of the new ones, other than `except`. */
  fits(one: Site, except?: Site): boolean;
  /** Whether every value of a new branch was legal at one of the old ones, other than `except`, and described there. */
  covers(other: Site, except?: Site): boolean;
}

/**
 * A search through the branches of one union, of bounded length. A branch that lacks a property of another one, or a
 * value that the other lists, can't stand in for it, so branches are looked up by those.
 */
export function createSearch(comparison: Comparison, old: readonly Site[], now: readonly Site[]): BranchSearch {
  const { readBefore, readAfter } = comparison;
  const keysBefore = (site: Site): Keys | undefined => keysOf(readBefore, readBefore(site));
  const keysAfter = (site: Site): Keys | undefined => keysOf(readAfter, readAfter(site));
  const [byKey, byRarestKey] = [
    lazily(() => fileByKey(now, keysAfter)),
    lazily(() => fileByRarestKey(old, keysBefore)),
  ];
  let [looks, comparisons] = [0, 0];
  const mayBe = (one: Site, other: Site): boolean =>
    ++looks <= maximumLooks && haveCommonType(readBefore(one), readAfter(other)) && ++comparisons <= maximumComparisons;
  return {
    fits(one, except) {
      const candidates = withEvery(byKey(), keysBefore(one), now);
      return candidates.some((site) => site !== except && mayBe(one, site) && comparison.fits(one, site));
    },
    covers(other, except) {
      const candidates = withAny(byRarestKey(), keysAfter(other), old);
      return candidates.some((site) => site !== except && mayBe(site, other) && comparison.covers(site, other));
    },
  };
}

/** A character that stands in no name of a property. */
const separator = "\0";

/**
 * A branch's properties, each as the keys that it is filed under: its name, or its name with each listed value. Undefined
 * of a branch that can't be looked up by them.
 */
type Keys = readonly (readonly string[])[];

function keysOf(read: (site: Site) => NormalSchema, schema: NormalSchema): Keys | undefined {
  // What is made of alternatives, or says nothing, is compared in other ways than by its properties.
  if (schema.unions.length > 0 || (!schema.types && schema.properties.size === 0)) return undefined;
  const valued = valuedProperties(read, schema);
  return [...schema.properties].flatMap(([name, { parts }]): string[][] => {
    const isPlain = parts.every((part) => {
      const { $ref, allOf, readOnly, writeOnly } = objectOf(part);
      return $ref === undefined && allOf === undefined && readOnly !== true && writeOnly !== true;
    });
    // What is hidden from one direction can be gone without breaking it.
    if (!isPlain) return [];
    const values = valued.get(name);
    return [values && values.size > 0 ? [...values].map((value) => `${name}${separator}${value}`) : [name]];
  });
}

type Filed = ReadonlyMap<string, readonly Site[]>;

function file(target: Map<string, Site[]>, key: string, site: Site): void {
  const present = target.get(key);
  if (present) present.push(site);
  else target.set(key, [site]);
}

const unfiled = "";

function fileByKey(sites: readonly Site[], keysOfSite: (site: Site) => Keys | undefined): Filed {
  const filed = new Map<string, Site[]>();
  for (const site of sites) for (const key of keysOfSite(site)?.flat() ?? [unfiled]) file(filed, key, site);
  return filed;
}

/** Files each branch under the one property that the fewest have. */
function fileByRarestKey(sites: readonly Site[], keysOfSite: (site: Site) => Keys | undefined): Filed {
  const all = fileByKey(sites, keysOfSite);
  const filed = new Map<string, Site[]>();
  for (const site of sites) {
    const [rarest] = (keysOfSite(site) ?? []).toSorted((a, b) => count(all, a) - count(all, b));
    for (const key of rarest ?? [unfiled]) file(filed, key, site);
  }
  return filed;
}

function count(filed: Filed, keys: readonly string[]): number {
  return keys.reduce((sum, key) => sum + (filed.get(key)?.length ?? 0), 0);
}

/** The branches that may have all of some properties. */
function withEvery(filed: Filed, properties: Keys | undefined, all: readonly Site[]): readonly Site[] {
  const lists = (properties ?? []).map((keys) =>
    [...new Set([unfiled, keys[0]!, nameOf(keys[0]!)])].flatMap((key) => filed.get(key) ?? []),
  );
  const [shortest = all] = lists.toSorted((a, b) => a.length - b.length);
  return shortest;
}

/** The branches that may have no others than some properties. */
function withAny(filed: Filed, properties: Keys | undefined, all: readonly Site[]): readonly Site[] {
  if (!properties) return all;
  const keys = new Set([unfiled, ...properties.flatMap((own) => [own[0]!, nameOf(own[0]!)])]);
  return [...keys].flatMap((key) => filed.get(key) ?? []);
}

function nameOf(key: string): string {
  return key.split(separator, 1)[0]!;
}

function haveCommonType({ types: one }: NormalSchema, { types: other }: NormalSchema): boolean {
  if (!one || !other || one.size === 0) return true;
  const isNumber = (type: string): boolean => type === "integer" || type === "number";
  return [...one].some((type) => other.has(type) || (isNumber(type) && [...other].some((next) => isNumber(next))));
}

function lazily<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}
