import type { Backend } from "@image-variations/backends";

/** How long an image takes, in milliseconds. */
export const imageDuration = 250;

/** Sleeps, and tells its parent of every image that it makes: what a backend that is paid would put on the bill. */
export const countingBackend: Backend = {
  name: "counting",
  async *createVariations({ n, user = "", seed = 0, signal }) {
    for (let index = 0; index < n; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, imageDuration));
      signal?.throwIfAborted();
      process.send?.({ made: `${user}/${seed + index}` });
      yield { bytes: new Uint8Array(20_000).fill(index + 1), mediaType: "image/png" };
    }
  },
};
