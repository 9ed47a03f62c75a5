import { inBase, inHead } from "../schema/comparison.ts";
import { child, objectOf, type Part } from "../schema/part.ts";
import { compareContent } from "./compare-content.ts";
import { compareAnnotationsOf } from "./compare-annotations-of.ts";
import type { Scope } from "./scope.ts";

/** Compares what is sent in the body. */
export function compareBodies(scope: Scope, before: Part | undefined, after: Part | undefined): void {
  const { report, sent } = scope;
  if (!before && !after) return;
  const required = (part: Part): boolean => objectOf(part).required === true;
  if (!before) return report(required(after!) ? "body-added-required" : "body-added", sent, inHead(after!.pointer));
  if (!after) return report("body-removed", sent, inBase(before.pointer));
  compareAnnotationsOf(scope, sent, before, after);
  if (required(before) !== required(after)) {
    report(required(after) ? "body-required" : "body-optional", sent, inHead(after.pointer));
  }
  compareContent(scope, sent, child(before, "content"), child(after, "content"));
}
