import type { WorkerError } from "./engine-error.ts";

/** Pixels as a canvas has them: RGBA, eight bits a channel, sRGB, straight (not premultiplied) alpha, row by row. */
export interface PixelImage {
  /** Width in pixels, 1 to 4096. */
  readonly width: number;
  /** Height in pixels, 1 to 4096. */
  readonly height: number;
  /** `width * height * 4` bytes. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** One variation, as soon as it is done. */
export interface Variation {
  /** Its place in the order in which it was asked for, from 0. Images arrive in the order in which they are done. */
  readonly index: number;
  /** The seed that makes this image again. */
  readonly seed: number;
  /** Width in pixels. */
  readonly width: number;
  /** Height in pixels. */
  readonly height: number;
  /** RGBA, `width * height * 4` bytes. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

/** How far one image has come. */
export interface VariationProgress {
  readonly index: number;
  /** Share of the work that is done, 0 to 1. Never falls. */
  readonly done: number;
}

/** What to make of an image, and how. Every option has a default. */
export interface VariationOptions {
  /** How many variations, 1 to 10. @default 1 */
  readonly n?: number;
  /** Length of the longer side of each variation in pixels, 16 to 4096; the aspect ratio of the input is kept. @default the input's, at most 1024 */
  readonly size?: number;
  /** How far a variation may go from the input, 0 (nearly the same) to 1. @default 0.6 */
  readonly strength?: number;
  /** How freely parts are rearranged, 0 to 1.1. @default "auto", from `strength` and from what the image can bear */
  readonly remix?: number | "auto";
  /** Whether images may be mirrored. @default "auto" */
  readonly flip?: "auto" | "never" | "always";
  /** Whether light and colour may change. @default true */
  readonly tone?: boolean;
  /** An integer from 0 to 4,294,967,295. The same seed gives the same bytes. @default a random one */
  readonly seed?: number;
  /** How many threads work at once; 0 works on the calling thread, and yields to its event loop. @default the number of cores, at most `n` */
  readonly workers?: number;
  /** Ends the work within 50 ms of its being aborted, and rejects with its reason. */
  readonly signal?: AbortSignal;
  /** Called as the work on each image goes on. What it throws ends the work. */
  readonly onProgress?: (progress: VariationProgress) => void;
  /**
   * Called for each worker that does not start, fails or hangs. Its images are made by the others, or on the calling thread,
   * with the same bytes. What it throws ends the work.
   */
  readonly onWarning?: (warning: WorkerError) => void;
}
