import { checkByteLength } from "./check-byte-length.ts";
import { checkHeader } from "./check-header.ts";
import { checkStructure } from "./check-structure.ts";
import { contractLimits } from "./contract-limits.ts";
import { identifyFile } from "./identify-file.ts";
import type { InspectOptions } from "./inspect-png.ts";
import { openInspection } from "./open-inspection.ts";
import type { PngInspection } from "./png-inspection.ts";

/** How bytes are looked into at once: the depth `pixels` is not among the depths, as inflating is waited for. */
export interface InspectSyncOptions extends Pick<InspectOptions, "limits"> {
  /** How deep. Default: `structure`. */
  readonly depth?: "header" | "structure";
}

/** Looks into a picture that is in memory, as `inspectPng` does, without a promise. */
export function inspectPngSync(
  bytes: Uint8Array,
  { depth = "structure", limits = contractLimits }: InspectSyncOptions = {},
): PngInspection {
  const inspection = openInspection(bytes);
  const header = checkHeader(bytes, limits, inspection, identifyFile);
  // Nothing is as much as a limit that is undefined.
  const isTooLarge = bytes.length >= limits.exclusiveMaximumBytes!;
  if (header && depth !== "header" && !isTooLarge) checkStructure(bytes, header, inspection);
  checkByteLength(bytes.length, limits, inspection);
  inspection.byteLength = bytes.length;
  return inspection;
}
