import type { PixelImage } from "../variation-options.ts";

/** Samples from 0 to 1, row by row, `channels` values a pixel. */
export interface FloatImage {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** The colours of an image as they look on mid-grey: metrics compare what is seen, and a transparent pixel shows none of its own. */
export function toRgb({ width, height, data }: PixelImage): FloatImage {
  const rgb = new Float32Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const alpha = (data[pixel * 4 + 3] ?? 255) / 255;
    for (let channel = 0; channel < 3; channel++) {
      rgb[pixel * 3 + channel] = ((data[pixel * 4 + channel] ?? 0) / 255) * alpha + 0.5 * (1 - alpha);
    }
  }
  return { width, height, channels: 3, data: rgb };
}

/** Luma (Rec. 601) of a colour image. */
export function toLuma({ width, height, data }: FloatImage): FloatImage {
  const luma = new Float32Array(width * height);
  for (let pixel = 0; pixel < luma.length; pixel++) {
    luma[pixel] =
      0.299 * (data[pixel * 3] ?? 0) + 0.587 * (data[pixel * 3 + 1] ?? 0) + 0.114 * (data[pixel * 3 + 2] ?? 0);
  }
  return { width, height, channels: 1, data: luma };
}

/** Shrinks an image of one channel to `size` × `size` by averaging the area under each new pixel. */
export function shrink({ width, height, data }: FloatImage, size: number): FloatImage {
  const rows = averageAlong({ data, lines: height, length: width, step: 1, stride: width, size });
  const both = averageAlong({ data: rows, lines: size, length: height, step: size, stride: 1, size });
  const turned = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) turned[y * size + x] = both[x * size + y] ?? 0;
  }
  return { width: size, height: size, channels: 1, data: turned };
}

interface Lines {
  readonly data: Float32Array;
  readonly lines: number;
  readonly length: number;
  /** From one value of a line to the next. */
  readonly step: number;
  /** From one line to the next. */
  readonly stride: number;
  readonly size: number;
}

function averageAlong({ data, lines, length, step, stride, size }: Lines): Float32Array {
  const averages = new Float32Array(lines * size);
  const scale = length / size;
  for (let i = 0; i < size; i++) {
    const from = i * scale;
    const to = from + scale;
    for (let line = 0; line < lines; line++) {
      let sum = 0;
      for (let k = Math.floor(from); k < Math.min(length, Math.ceil(to)); k++) {
        sum += (data[line * stride + k * step] ?? 0) * (Math.min(to, k + 1) - Math.max(from, k));
      }
      averages[line * size + i] = sum / scale;
    }
  }
  return averages;
}
