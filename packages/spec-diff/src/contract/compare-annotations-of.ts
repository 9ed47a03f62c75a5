import { compareAnnotationMaps } from "../schema/compare-annotations.ts";
import type { Direction } from "../policy/observed-change.ts";
import { children, type Part } from "../schema/part.ts";
import type { Scope } from "./scope.ts";

/** Descriptions for people, wherever they stand. */
const told: ReadonlySet<string> = new Set(
  "title summary description example examples externalDocs tags links".split(" "),
);

/** Compares what is told to people, and vendor extensions, of anything that isn't a schema. */
export function compareAnnotationsOf(
  { report }: Scope,
  direction: Direction,
  before: Part | undefined,
  after: Part | undefined,
): void {
  const annotations = (part: Part | undefined): Map<string, Part> =>
    new Map(children(part).filter(([key]) => told.has(key) || key.startsWith("x-")));
  compareAnnotationMaps(
    (rule, place, facts) => report(rule, direction, place, facts),
    annotations(before),
    annotations(after),
  );
}
