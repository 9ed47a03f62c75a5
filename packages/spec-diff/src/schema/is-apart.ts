import { isLowerBound, type NormalSchema } from "./normal-schema.ts";
import type { Site } from "./site.ts";
import { subjects } from "./subjects.ts";
import type { TypeName } from "./type-names.ts";

/** Whether no value can be legal by both, as far as it can be told. */
export function isApart(read: (site: Site) => NormalSchema, a: NormalSchema, b: NormalSchema): boolean {
  if (a.nullable && b.nullable) return false;
  return (
    haveOtherTypes(a, b) || haveOtherValues(a, b) || haveOtherRanges(a, b) || areClosed(a, b) || areTagged(read, a, b)
  );
}

function haveOtherTypes(a: NormalSchema, b: NormalSchema): boolean {
  if (!a.types || !b.types) return false;
  const number = (type: string): string => (type === "integer" ? "number" : type);
  const others = new Set([...b.types].map((type) => number(type)));
  return [...a.types].every((type) => !others.has(number(type)));
}

function haveOtherValues(a: NormalSchema, b: NormalSchema): boolean {
  return a.values !== undefined && b.values !== undefined && ![...a.values.keys()].some((key) => b.values!.has(key));
}

/** Whether the most that the one allows is below the least that the other does. */
function haveOtherRanges(a: NormalSchema, b: NormalSchema): boolean {
  return [...a.bounds].some(([keyword, bound]) => {
    const other = b.bounds.get(keyword.replace(/^m../, isLowerBound(keyword) ? "max" : "min"));
    if (!other || ![a, b].some(({ types }) => isOnly(types, subjects[keyword]!))) return false;
    const gap = isLowerBound(keyword) ? bound.value - other.value : other.value - bound.value;
    return gap > 0 || (gap === 0 && (bound.exclusive || other.exclusive));
  });
}

/** Whether a limit applies to every type there is. A limit on a length says nothing of other types. */
function isOnly(types: ReadonlySet<TypeName> | undefined, subject: readonly TypeName[]): boolean {
  return types !== undefined && [...types].every((type) => subject.includes(type));
}

/** Whether the one requires what the other forbids. */
function areClosed(a: NormalSchema, b: NormalSchema): boolean {
  const forbids = (one: NormalSchema, other: NormalSchema): boolean =>
    one.additional === false &&
    one.patternProperties.size === 0 &&
    [...other.required.keys()].some((name) => !one.properties.has(name));
  return forbids(a, b) || forbids(b, a);
}

/** Whether a property that one of them requires has other values in the other. */
function areTagged(read: (site: Site) => NormalSchema, a: NormalSchema, b: NormalSchema): boolean {
  return [...a.properties].some(([name, site]) => {
    const other = b.properties.get(name);
    if (!other || !(a.required.has(name) || b.required.has(name))) return false;
    const [one, next] = [read(site), read(other)];
    return !(one.nullable && next.nullable) && (haveOtherValues(one, next) || haveOtherTypes(one, next));
  });
}
