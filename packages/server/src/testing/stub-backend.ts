import type { Backend, BackendImage, VariationRequest } from "@image-variations/backends";
import { createPng } from "@image-variations/png-corpus";

/** A backend that keeps what it was asked for. */
export interface StubBackend extends Backend {
  readonly requests: VariationRequest[];
  /** How many requests are being worked on, and how many have been given up. */
  readonly state: { active: number; cancelled: number };
}

export interface StubOptions {
  /** Called before each image; what it throws, the backend throws. */
  readonly before?: (index: number, request: VariationRequest) => Promise<void> | void;
  /** Makes an image. @default a PNG of the size that was asked for */
  readonly make?: (index: number, request: VariationRequest) => BackendImage;
}

/** Makes plain images at once, or as the options say. */
export function stubBackend({ before, make = plainImage }: StubOptions = {}): StubBackend {
  const requests: VariationRequest[] = [];
  const state = { active: 0, cancelled: 0 };
  return {
    name: "stub",
    requests,
    state,
    async *createVariations(request) {
      requests.push(request);
      state.active += 1;
      let finished = false;
      try {
        for (let index = 0; index < request.n; index += 1) {
          await before?.(index, request);
          request.signal?.throwIfAborted();
          // Before the last one, as the generator is not resumed after it.
          finished = index === request.n - 1;
          yield make(index, request);
        }
      } finally {
        state.active -= 1;
        if (!finished) state.cancelled += 1;
      }
    },
  };
}

const plainImages = new Map<number, Uint8Array<ArrayBuffer>>();

/** A PNG with equal sides of `size` pixels. */
export function plainImage(_index: number, { size }: Pick<VariationRequest, "size">): BackendImage {
  const bytes = plainImages.get(size) ?? createPng({ width: size, height: size });
  plainImages.set(size, bytes);
  return { bytes, mediaType: "image/png" };
}
