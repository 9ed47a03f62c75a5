import type { Level } from "../policy/level.ts";
import type { ChangeCase } from "./change-case.ts";
import { editDocument } from "./edit-document.ts";
import { exampleDocument } from "./example-document.ts";
import type { Classifier } from "./classifiers.ts";

/** What a classify said of one change. */
export interface Score {
  readonly change: ChangeCase;
  readonly said: Level | "failed";
  /** Whether it saw that callers break, or that they don't. */
  readonly breakingRight: boolean;
  readonly levelRight: boolean;
}

/** Runs a classifier over every change of the table. */
export async function scoreClassifier({ classify }: Classifier, changes: readonly ChangeCase[]): Promise<Score[]> {
  const scores: Score[] = [];
  for (const change of changes) {
    const document = exampleDocument(change.version);
    const [before, after] = (["before", "after"] as const).map((side) => editDocument(document, change.edits, side));
    // A peer that can't read the change has not said that no one breaks.
    const said = await classify(before!, after!).catch(() => "failed" as const);
    scores.push({
      change,
      said,
      breakingRight: said !== "failed" && (said === "major") === (change.expected === "major"),
      levelRight: said === change.expected,
    });
  }
  return scores;
}
