import type { RuleName } from "../policy/rules.ts";
import { inBase, inHead, type Comparison } from "./comparison.ts";
import { quote } from "./describe.ts";
import { objectOf, type Part } from "./part.ts";
import type { JsonObject } from "@image-variations/codegen/document";

/** Compares `x-image-limits`, which this project documents in docs/spec-extensions.md. */
export function compareImageLimits(
  { report }: Comparison,
  _: string,
  old: Part | undefined,
  now: Part | undefined,
): void {
  const [before, after] = [objectOf(old), objectOf(now)];
  const place = now ? inHead(now.pointer) : inBase(old!.pointer);

  const [oldTypes, newTypes] = [mediaTypes(before), mediaTypes(after)];
  for (const value of oldTypes)
    if (newTypes.length > 0 && !newTypes.includes(value)) report("image-type-removed", place, { value });
  for (const value of newTypes)
    if (oldTypes.length > 0 && !oldTypes.includes(value)) report("image-type-added", place, { value });
  if (oldTypes.length === 0 && newTypes.length > 0) {
    report("image-type-removed", place, { value: `other than ${newTypes.join(" and ")}` });
  }
  if (oldTypes.length > 0 && newTypes.length === 0) report("image-type-added", place, { value: "of any type" });

  const [wasSquare, isSquare] = [before.square === true, after.square === true];
  if (wasSquare !== isSquare) report(isSquare ? "image-square" : "image-any-shape", place);

  const keyword = "exclusiveMaximumBytes";
  const [oldLimit, newLimit] = [numberOf(before, keyword), numberOf(after, keyword)];
  if (oldLimit !== newLimit) {
    const rule: RuleName = newLimit < oldLimit ? "image-limit-tightened" : "image-limit-loosened";
    report(rule, place, { keyword, before: show(oldLimit), after: show(newLimit) });
  }
  if (before.warningFromBytes !== after.warningFromBytes) {
    const facts = { before: quote(before.warningFromBytes), after: quote(after.warningFromBytes) };
    report("image-warning-changed", place, facts);
  }
}

function mediaTypes(limits: JsonObject): string[] {
  return Array.isArray(limits.mediaTypes) ? limits.mediaTypes.map((value) => String(value)) : [];
}

function numberOf(limits: JsonObject, key: string): number {
  const value = limits[key];
  return typeof value === "number" ? value : Number.POSITIVE_INFINITY;
}

function show(limit: number): string {
  return Number.isFinite(limit) ? String(limit) : "unlimited";
}
