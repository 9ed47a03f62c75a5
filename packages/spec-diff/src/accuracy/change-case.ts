import type { JsonValue } from "@image-variations/codegen/document";
import type { Level } from "../policy/level.ts";

/** One value put in the place of another. */
export interface Edit {
  /** JSON pointer into the example document. */
  readonly at: string;
  /** Undefined if there is nothing before, or after. */
  readonly before?: JsonValue;
  readonly after?: JsonValue;
}

/** One change to a document, and what it should be classified to be. */
export interface ChangeCase {
  readonly name: string;
  readonly version: "3.0.3" | "3.1.0";
  readonly edits: readonly Edit[];
  readonly expected: Level;
  readonly reason: string;
}
