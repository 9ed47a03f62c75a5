import { deflateSync } from "node:zlib";
import { chunk } from "./chunk.ts";
import { concatenate } from "./concatenate.ts";
import type { PngRecipe } from "./png-recipe.ts";
import { scanlines } from "./scanlines.ts";

/** What may be wrong with an animation on purpose. */
export interface AnimationFaults {
  /** What is added to every sequence number from the second on. */
  readonly skip?: number;
  /** What is added to the number of frames. */
  readonly moreFrames?: number;
}

/** An animated PNG of three frames, the image itself being the first of them or none of them. */
export function animation({
  includesImage,
  skip = 0,
  moreFrames = 0,
}: AnimationFaults & { readonly includesImage: boolean }): PngRecipe {
  let sequence = 0;
  const numbered = (type: string, data: Uint8Array): Uint8Array => {
    const number = sequence++ + (sequence > 1 ? skip : 0);
    return chunk(type, concatenate(uint32(number), data));
  };
  const control = (): Uint8Array =>
    numbered("fcTL", concatenate(...[8, 8, 0, 0].map(uint32), Uint8Array.of(0, 1, 0, 10, 0, 0)));
  const frame = (): Uint8Array[] => [control(), numbered("fdAT", deflateSync(scanlines({})))];
  const announced = chunk("acTL", concatenate(uint32(3 + moreFrames), uint32(0)));
  return {
    beforeData: [announced, ...(includesImage ? [control()] : [])],
    afterData: [...(includesImage ? [] : frame()), ...frame(), ...frame()],
  };
}

function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}
