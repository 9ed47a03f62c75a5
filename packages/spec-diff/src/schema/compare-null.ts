import { inHead, type Comparison } from "./comparison.ts";

/** Compares whether null is legal. */
export function compareNull({ before, after, report }: Comparison): void {
  if (before.nullable === after.nullable) return;
  report(after.nullable ? "null-allowed" : "null-rejected", inHead(after.pointer));
}
