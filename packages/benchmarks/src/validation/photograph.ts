import { randomOf } from "@image-variations/png-corpus/mutate-png";

/**
 * Filtered scanlines of a square image that compress about as badly as a photograph's: to some nineteen twentieths.
 *
 * @param size Width and height in pixels.
 * @param bytesPerPixel Such as 4 for truecolor with alpha in 8 bits.
 */
export function photograph(size: number, bytesPerPixel: number): Uint8Array<ArrayBuffer> {
  const random = randomOf(1);
  const rowLength = 1 + size * bytesPerPixel;
  return Uint8Array.from({ length: size * rowLength }, (_, index) =>
    index % rowLength === 0 ? Math.floor(index / rowLength) % 5 : random(186),
  );
}
