import { inBase, inHead, type Comparison } from "./comparison.ts";
import { isLowerBound, type Bound, type NormalSchema } from "./normal-schema.ts";
import { areSubject, subjects } from "./subjects.ts";
import type { TypeName } from "./type-names.ts";

/** What a limit is if none is written. */
const unwritten: Readonly<Record<string, number>> = { minLength: 0, minItems: 0, minProperties: 0, minContains: 1 };

/** Compares limits on numbers, lengths and counts. */
export function compareBounds({ before, after, report }: Comparison): void {
  for (const [keyword, types] of Object.entries(subjects)) {
    if (!concerns(before, types) || !concerns(after, types)) continue;
    const old = boundOf(before, keyword);
    const now = boundOf(after, keyword);
    if (old.value === now.value && old.exclusive === now.exclusive) continue;
    const place = now.pointer ? inHead(now.pointer) : inBase(old.pointer);
    const facts = { keyword, before: show(old), after: show(now) };
    report(isTighter(keyword, now, old) ? "limit-tightened" : "limit-loosened", place, facts);
  }
}

function concerns({ types, values }: NormalSchema, subject: readonly TypeName[]): boolean {
  // Where every value is listed, a limit beside them rules nothing out that the list does not.
  return !values && areSubject(types, subject);
}

function boundOf(schema: NormalSchema, keyword: string): Bound {
  const bound = schema.bounds.get(keyword);
  if (!bound) {
    const open = isLowerBound(keyword) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
    return { value: unwritten[keyword] ?? open, exclusive: false, pointer: "" };
  }
  const onlyIntegers = schema.types?.has("integer") && !schema.types.has("number");
  if (!bound.exclusive || !onlyIntegers || !Number.isInteger(bound.value)) return bound;
  return { ...bound, value: bound.value + (isLowerBound(keyword) ? 1 : -1), exclusive: false };
}

function isTighter(keyword: string, a: Bound, b: Bound): boolean {
  if (a.value === b.value) return a.exclusive;
  return isLowerBound(keyword) ? a.value > b.value : a.value < b.value;
}

function show({ value, exclusive }: Bound): string {
  if (!Number.isFinite(value)) return "unlimited";
  return exclusive ? `${value} (excluded)` : String(value);
}
