import type { InspectionDepth } from "@image-variations/validation";

/** The options of `check`. */
export interface CheckFlags {
  readonly depth: InspectionDepth;
  readonly json: boolean;
  readonly quiet: boolean;
}
