import type { JsonValue } from "../../generate/openapi-document.ts";
import { lookUp } from "../../generate/look-up.ts";
import { isSame } from "../schema/is-same.ts";
import type { Spec } from "../schema/spec.ts";
import { referencesIn, type Reference } from "./slice-document.ts";

/** Whether any of the references leads to something that changed, itself or in what it refers to in turn. */
export function createTargetComparer(base: Spec, head: Spec): (references: readonly Reference[]) => boolean {
  const known = new Map<string, boolean>();
  return (references) => references.some((reference) => isChanged(reference));

  function isChanged(start: Reference): boolean {
    const decided = known.get(start.reference);
    if (decided !== undefined) return decided;
    // Everything that is reached and unchanged is unchanged as a whole; where something changed, only the start is known.
    const reached = new Map([[start.reference, start]]);
    for (const { reference, kind } of reached.values()) {
      const [one, other] = [base, head].map(({ document }) => lookUp(document, reference) as JsonValue | undefined);
      if (known.get(reference) === true || one === undefined || other === undefined || !isSame(one, other)) {
        known.set(start.reference, true);
        return true;
      }
      if (known.get(reference) === false) continue;
      for (const next of referencesIn(one, kind)) reached.set(next.reference, reached.get(next.reference) ?? next);
    }
    for (const reference of reached.keys()) known.set(reference, false);
    return false;
  }
}
