import type { Direction } from "./observed-change.ts";
import type { Level } from "./level.ts";

/** One difference between two documents, classified. */
export interface Change {
  readonly direction: Direction;
  /** JSON pointer to the place. */
  readonly pointer: string;
  /** The document that the pointer leads into. */
  readonly document: "base" | "head";
  readonly level: Level;
  /** One sentence: what it means for a caller. */
  readonly reason: string;
  /** The rule of docs/spec-changes.md that classified it. */
  readonly rule: string;
  /** Whether the comparison had to give up, and the level is the cautious one. */
  readonly undecided: boolean;
  /** Which opinion saw it. */
  readonly opinion: "schema" | "types";
  /** The operations that it reaches, as `POST /images/variations`. Empty where it is about the whole document. */
  readonly operations: readonly string[];
}
