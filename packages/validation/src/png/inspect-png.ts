import type { ImageSource } from "../sources/image-source.ts";
import { openImageSource } from "../sources/open-image-source.ts";
import { checkPixels } from "./check-pixels.ts";
import { checkStructure } from "./check-structure.ts";
import { identifyFile } from "./identify-file.ts";
import { includesPixels, inspectFile } from "./inspect-file.ts";
import { inspectImage, type LookDeeper } from "./inspect-image.ts";
import type { InspectHeaderOptions } from "./inspect-png-header.ts";
import { createResult, type Inspection } from "./inspection.ts";
import { checkSignal, resolveDepth, type DepthOptions, type ResolvedDepth } from "./inspection-options.ts";
import type { PngInspection } from "./png-inspection.ts";
import { inTurns } from "./turns.ts";

/** Options of `inspectPng`. */
export interface InspectOptions extends DepthOptions, Pick<InspectHeaderOptions, "limits"> {
  /** Ends the inspection early: it then rejects with the signal's reason, and a stream is cancelled. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Inspects an image to the chosen depth. A stream is read once, and no further than the limit; read it afterwards from
 * `source` of the result. At depth `pixels` the event loop gets its turn in between.
 *
 * @returns What was found. An invalid image is never thrown as an error.
 * @throws TypeError if an image can't be read from the source, or an option is invalid.
 * @throws ImageReadError if reading fails.
 */
export async function inspectPng(source: ImageSource, options?: InspectOptions): Promise<PngInspection> {
  const resolved = resolveDepth(options);
  const { limits, depth } = resolved;
  const signal = options?.signal ?? undefined;
  checkSignal(signal);
  const image = openImageSource(source);
  const inspection = { limits, identify: identifyFile, result: createResult(source) };
  const inspecting = inspectImage(
    image,
    inspection,
    depth === "header" ? undefined : lookDeeper(inspection, resolved, signal),
  );
  return signal ? abortable(inspecting, signal, image.cancel) : inspecting;
}

/** Inspects the chunks, and the pixels if they are asked for. */
function lookDeeper(inspection: Inspection, resolved: ResolvedDepth, signal?: AbortSignal): LookDeeper {
  const { exclusiveMaximumBytes = Infinity } = inspection.limits;
  const { all } = resolved;
  return async (header, image) => {
    const isPixels = includesPixels(header, resolved, inspection);
    // A file that is too large is not inspected further, and a stream is not read beyond the limit.
    if (image.byteLength !== null && image.byteLength >= exclusiveMaximumBytes) return undefined;
    const bytes = await image.read(exclusiveMaximumBytes);
    if (bytes.length >= exclusiveMaximumBytes) return bytes;
    const file = inspectFile(bytes, header, { ...inspection, all });
    const structure = await inTurns(checkStructure(file), signal);
    if (structure && isPixels && (all || inspection.result.valid)) await checkPixels(file, structure, signal);
    return bytes;
  };
}

/**
 * A promise that a signal ends early.
 *
 * @param cancel Called with the signal's reason, so that whatever the promise waits for can be cancelled.
 * @throws The signal's reason, as soon as it is aborted.
 */
function abortable<Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
  cancel: (reason: unknown) => void,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason as Error);
      cancel(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
