import type { RuleName } from "./rules.ts";

/** Who says it: `request` is what a caller sends, `response` what a caller receives, `both` the document as a whole. */
export type Direction = "request" | "response" | "both";

/** One difference between two documents, as it was seen and before it was classified. */
export interface ObservedChange {
  readonly rule: RuleName;
  readonly direction: Direction;
  /** JSON pointer to the place. */
  readonly pointer: string;
  /** The document that the pointer leads into: what was removed is only in the base. */
  readonly document: "base" | "head";
  /** The words that the rule's sentence is filled with. */
  readonly facts: Readonly<Record<string, string>>;
}
