import { inBase, inHead, type Comparison } from "./comparison.ts";
import { canonical } from "./normal-schema.ts";

/** Compares `not`, `if` and the like, of which only that they changed can be told. */
export function compareConditions({ before, after, report }: Comparison): void {
  for (const keyword of new Set([...before.conditions.keys(), ...after.conditions.keys()])) {
    const [old, now] = [before.conditions.get(keyword), after.conditions.get(keyword)];
    if (old && now && canonical(old.value) === canonical(now.value)) continue;
    report("condition-changed", now ? inHead(now.pointer) : inBase(old!.pointer), { keyword });
  }
}
