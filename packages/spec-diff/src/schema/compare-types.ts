import { compareNull } from "./compare-null.ts";
import { inHead, type Comparison } from "./comparison.ts";
import { describeTypes } from "./describe.ts";
import { pointTo } from "./part.ts";
import type { TypeName } from "./type-names.ts";

/** Compares types and null. False if nothing else is left to compare, because the types have nothing in common. */
export function compareTypes(comparison: Comparison): boolean {
  const { before, after, report } = comparison;
  const place = inHead(pointTo(after.pointer, "type"));
  const facts = { before: describeTypes(before.types), after: describeTypes(after.types) };
  // Where no type is said, null is legal too.
  if (!before.types && !after.types) return true;
  if (!before.types) {
    comparison.markUndescribed();
    report("type-narrowed", place, { ...facts, removed: `anything but ${facts.after}` });
    return false;
  }
  if (!after.types) {
    report("type-widened", place, { ...facts, added: "anything" });
    return false;
  }
  const lost = beyond(before.types, after.types);
  const gained = beyond(after.types, before.types);
  // An empty list of types is an impossible schema: nothing at all is legal.
  const disjoint = [...before.types].every((type) => lost.includes(type)) && before.types.size > 0;
  if (lost.length > 0 && gained.length > 0) report("type-changed", place, facts);
  else if (lost.length > 0) report("type-narrowed", place, { ...facts, removed: describeTypes(lost) });
  else if (gained.length > 0) report("type-widened", place, { ...facts, added: describeTypes(gained) });
  compareNull(comparison);
  return !disjoint && before.types.size > 0;
}

/** Those types that the others don't include; every integer is a number. */
function beyond(types: ReadonlySet<TypeName>, others: ReadonlySet<TypeName>): TypeName[] {
  return [...types].filter((type) => !others.has(type) && !(type === "integer" && others.has("number")));
}
