import { readFileSync } from "node:fs";

/** A small valid PNG: the mock is slow on large ones. */
export const sampleImage: Uint8Array<ArrayBuffer> = new Uint8Array(
  readFileSync(new URL("../../../../assets/otter-32.png", import.meta.url)),
);

/** The same image as a file, with a name and the right media type. */
export function sampleFile(): File {
  return new File([sampleImage], "otter.png", { type: "image/png" });
}
