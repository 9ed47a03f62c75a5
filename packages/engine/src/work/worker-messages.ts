import type { Settings } from "../resolve-options.ts";
import type { PixelImage } from "../variation-options.ts";

/** The first message to a worker. */
export interface SubjectMessage {
  readonly kind: "subject";
  readonly image: PixelImage;
  readonly settings: Settings;
}

/** One image to make; a worker has one at a time. */
export interface JobMessage {
  readonly kind: "job";
  readonly index: number;
  readonly seed: number;
}

export type ToWorker = SubjectMessage | JobMessage;

export type FromWorker =
  /** The worker's code has been loaded. */
  | { readonly kind: "started" }
  | { readonly kind: "progress"; readonly index: number; readonly done: number }
  | { readonly kind: "variation"; readonly index: number; readonly data: Uint8ClampedArray<ArrayBuffer> }
  | { readonly kind: "failed"; readonly error: unknown };
