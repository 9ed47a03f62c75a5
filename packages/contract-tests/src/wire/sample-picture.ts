import { readFileSync } from "node:fs";

/** A small valid PNG: the mock is slow on large ones. */
export const samplePicture: Uint8Array<ArrayBuffer> = new Uint8Array(
  readFileSync(new URL("../../../../assets/otter-32.png", import.meta.url)),
);

/** The same as a file, well named and well typed. */
export function sampleFile(): File {
  return new File([samplePicture], "otter.png", { type: "image/png" });
}
