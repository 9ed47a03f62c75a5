import type { Backend } from "@image-variations/backends";
import { makePng } from "image-variations/conformance";

/** Makes black images at once: only the server is under test. */
export const plainBackend: Backend = {
  name: "plain",
  async *createVariations({ n, size }) {
    const bytes = new Uint8Array(makePng({ width: size, height: size }));
    for (let made = 0; made < n; made += 1) yield { bytes, mediaType: "image/png" };
  },
};
