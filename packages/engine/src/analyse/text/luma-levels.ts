import type { PixelImage } from "../../variation-options.ts";

/** Luma from 0 to 255, row by row. */
export interface Luma {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The longer side at which letters are looked for, in pixels. */
const longerSide = 512;

/** An image is enlarged at most so much: letters of fewer pixels can't be read anyway. */
const largestEnlargement = 2;

/** The luma of an image with its longer side at 512 pixels, then at half and a quarter of that, for larger letters. */
export function lumaLevels(image: PixelImage): readonly [Luma, Luma, Luma] {
  const scale = Math.min(largestEnlargement, longerSide / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * scale));
  const height = Math.max(1, Math.round(image.height * scale));
  const full = scale < 1 ? average(toLuma(image), width, height) : interpolate(toLuma(image), width, height);
  const half = average(full, Math.max(1, width >> 1), Math.max(1, height >> 1));
  return [full, half, average(half, Math.max(1, width >> 2), Math.max(1, height >> 2))];
}

/** Rec. 601 in integers; transparent pixels become mid-grey, so that light and dark lettering both stand out. */
function toLuma({ width, height, data }: PixelImage): Luma {
  const luma = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < luma.length; i++, at += 4) {
    const value = ((data[at] ?? 0) * 77 + (data[at + 1] ?? 0) * 150 + (data[at + 2] ?? 0) * 29) >> 8;
    const alpha = data[at + 3] ?? 0;
    luma[i] = alpha === 255 ? value : (value * alpha + 128 * (255 - alpha)) / 255;
  }
  return { width, height, data: luma };
}

function average(source: Luma, width: number, height: number): Luma {
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const top = Math.floor((y * source.height) / height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * source.height) / height));
    for (let x = 0; x < width; x++) {
      const left = Math.floor((x * source.width) / width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * source.width) / width));
      let sum = 0;
      for (let v = top; v < bottom; v++) {
        for (let u = left; u < right; u++) sum += source.data[v * source.width + u] ?? 0;
      }
      data[y * width + x] = sum / ((bottom - top) * (right - left));
    }
  }
  return { width, height, data };
}

function interpolate(source: Luma, width: number, height: number): Luma {
  if (source.width === width && source.height === height) return source;
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const v = Math.max(0, ((y + 0.5) * source.height) / height - 0.5);
    const top = Math.min(Math.floor(v), source.height - 1);
    const below = Math.min(top + 1, source.height - 1) * source.width;
    for (let x = 0; x < width; x++) {
      const u = Math.max(0, ((x + 0.5) * source.width) / width - 0.5);
      const left = Math.min(Math.floor(u), source.width - 1);
      const right = Math.min(left + 1, source.width - 1);
      const above = top * source.width;
      const first =
        (source.data[above + left] ?? 0) +
        ((source.data[above + right] ?? 0) - (source.data[above + left] ?? 0)) * (u - left);
      const second =
        (source.data[below + left] ?? 0) +
        ((source.data[below + right] ?? 0) - (source.data[below + left] ?? 0)) * (u - left);
      data[y * width + x] = first + (second - first) * (v - top);
    }
  }
  return { width, height, data };
}
