import { readFileSync } from "node:fs";

/** A valid image that is small: 32 × 32 pixels. */
export const otter: Uint8Array<ArrayBuffer> = new Uint8Array(
  readFileSync(new URL("../../../../assets/otter-32.png", import.meta.url)),
);
