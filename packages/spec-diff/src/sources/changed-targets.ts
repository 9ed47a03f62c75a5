import { type JsonValue, lookUp } from "@image-variations/codegen/document";
import { isSame } from "../schema/is-same.ts";
import type { Spec } from "../schema/spec.ts";
import { type Reference, referencesIn } from "@image-variations/codegen/document";

/** Whether any of the references leads to something that changed, itself or in what it refers to in turn. */
export function createTargetComparer(base: Spec, head: Spec): (references: readonly Reference[]) => boolean {
  const decided = new Map<string, boolean>();
  return (references) => {
    for (const reference of references) {
      if (!decided.has(reference.reference)) decide(base, head, reference, decided);
    }
    return references.some(({ reference }) => decided.get(reference));
  };
}

/** Decides a reference and all that it leads to: each is looked at once, and what changed spreads to what refers to it. */
function decide(base: Spec, head: Spec, start: Reference, decided: Map<string, boolean>): void {
  const reached = new Map([[start.reference, start]]);
  const referrers = new Map<string, string[]>();
  const changed: string[] = [];
  for (const { reference, kind } of reached.values()) {
    const known = decided.get(reference);
    if (known !== undefined) {
      if (known) changed.push(reference);
      continue;
    }
    const [one, other] = [base, head].map(({ document }) => lookUp(document, reference) as JsonValue | undefined);
    if (!isSame(one, other)) changed.push(reference);
    if (one === undefined) continue;
    for (const next of referencesIn(one, kind)) {
      reached.set(next.reference, reached.get(next.reference) ?? next);
      const list = referrers.get(next.reference);
      if (list) list.push(reference);
      else referrers.set(next.reference, [reference]);
    }
  }
  const spread = new Set(changed);
  for (const reference of spread) for (const referrer of referrers.get(reference) ?? []) spread.add(referrer);
  for (const reference of reached.keys()) decided.set(reference, spread.has(reference));
}
