import type { JsonValue } from "@image-variations/codegen/document";
import type { Edit } from "./change-case.ts";

/** A copy of a document with the edits' values of one side put in place. */
export function editDocument(
  document: { readonly [key: string]: JsonValue },
  edits: readonly Edit[],
  side: "before" | "after",
): { [key: string]: JsonValue } {
  const copy = structuredClone(document) as { [key: string]: JsonValue };
  for (const edit of edits) {
    const steps = edit.at
      .slice(1)
      .split("/")
      .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
    const last = steps.pop()!;
    let owner = copy as Record<string, unknown>;
    for (const step of steps) {
      owner[step] ??= {};
      owner = owner[step] as Record<string, unknown>;
    }
    const value = edit[side];
    if (value !== undefined) owner[last] = structuredClone(value);
    else if (Array.isArray(owner)) owner.splice(Number(last), 1);
    else delete owner[last];
  }
  return copy;
}
