import type { Settings } from "../resolve-options.ts";
import type { PixelImage, Variation, VariationOptions } from "../variation-options.ts";
import { createChannel } from "./channel.ts";
import { Crew } from "./crew.ts";
import type { WorkerPool } from "./worker-pool.ts";

export interface WorkersJob {
  readonly image: PixelImage;
  readonly settings: Settings;
  readonly options: VariationOptions;
  readonly pool: WorkerPool;
}

/**
 * Spreads the images over workers. Those that are still at work are ended when the iteration is left, or something fails.
 *
 * @returns The images that are left to make, if workers are missing or were lost.
 */
export async function* runInWorkers(job: WorkersJob): AsyncGenerator<Variation, readonly number[]> {
  const { image, settings, options, pool } = job;
  const { width, height } = image;
  const channel = createChannel<Variation>();
  const shared = { width, height, data: shareBytes(image.data) };
  const crew = new Crew({ image: shared, settings, options, pool, channel });
  const onAbort = (): void => crew.stop(options.signal?.reason);
  options.signal?.addEventListener("abort", onAbort);
  try {
    crew.hire();
    yield* channel;
    return crew.missing;
  } finally {
    options.signal?.removeEventListener("abort", onAbort);
    crew.dismiss();
  }
}

/** The bytes where all workers can read them, if the runtime has such memory; otherwise each gets a copy. */
function shareBytes(data: PixelImage["data"]): PixelImage["data"] {
  if (typeof SharedArrayBuffer !== "function" || globalThis.crossOriginIsolated === false) return data;
  if (data.buffer instanceof SharedArrayBuffer) return data;
  const shared = new Uint8Array(new SharedArrayBuffer(data.length));
  shared.set(data);
  return shared;
}
