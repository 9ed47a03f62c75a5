import { compareDocuments } from "./contract/compare-documents.ts";
import type { Change } from "./policy/change.ts";
import { classify } from "./policy/classify.ts";
import { highestLevel, levels, type Level } from "./policy/level.ts";
import type { Source } from "./sources/parse-source.ts";
import type { OpinionDifference } from "./types/compare-types.ts";

/** What changed between two documents, and what it asks of callers. */
export interface SpecDiff {
  readonly base: string;
  readonly head: string;
  /** The higher of the two opinions. */
  readonly bump: Level;
  readonly opinions: { readonly schema: Level; readonly types: Level };
  /** Operations of which one opinion says that callers break and the other that they don't. */
  readonly disagreements: readonly OpinionDifference[];
  /** The highest level first. */
  readonly changes: readonly Change[];
  readonly warnings: readonly string[];
}

/** How two documents are compared. */
export interface DiffOptions {
  /** Whether the names of schemas and placeholders, which only generated code knows, count too. Default false. */
  readonly names?: boolean;
}

/** Compares two documents by schema and by generated types. */
export async function diffSpecs(base: Source, head: Source, { names = false }: DiffOptions = {}): Promise<SpecDiff> {
  const sides = { base: { ...base.spec, side: "base" }, head: { ...head.spec, side: "head" } } as const;
  const located = compareDocuments(sides.base, sides.head, { names });
  const schema = located.map(({ observed, operations }): Change => {
    const { rule, direction, pointer, document } = observed;
    return { direction, pointer, document, ...classify(observed), rule, opinion: "schema", operations };
  });
  // It brings the TypeScript compiler, which help texts and errors should not wait for.
  const { compareTypes } = await import("./types/compare-types.ts");
  const types = await compareTypes(sides.base, sides.head, schema);
  const changes = [...schema, ...types.changes].toSorted(
    (a, b) => levels.indexOf(b.level) - levels.indexOf(a.level) || (a.pointer < b.pointer ? -1 : 1),
  );
  const opinions = { schema: highestLevel(schema.map(({ level }) => level)), types: types.level };
  return {
    base: base.spec.label,
    head: head.spec.label,
    bump: highestLevel([opinions.schema, opinions.types]),
    opinions,
    disagreements: types.disagreements,
    changes,
    warnings: [...new Set([...base.warnings, ...head.warnings, ...abstention(types.abstained)])],
  };
}

function abstention(reason: string | undefined): string[] {
  return reason
    ? [`There is no opinion by types, because the generator can't use one of the documents: ${reason}`]
    : [];
}
