import type { PixelImage } from "../variation-options.ts";
import { clamp01 } from "./grid.ts";

/** What the pixels themselves say about the kind of image. */
export interface Surface {
  /** From 0 (a photograph) to 1 (flat graphics: a logo, a drawing with few colours). */
  readonly graphics: number;
  /** Whether the outermost pixels all have one colour, or are all transparent. */
  readonly uniformBorder: boolean;
  /** Whether the image can be continued outside by the colour of its border, without anybody seeing where it ends. */
  readonly extendable: boolean;
}

const samplesAcross = 256;

export function measureSurface(image: PixelImage): Surface {
  const share = clamp01((equalNeighbours(image) - 0.45) / 0.25);
  const graphics = share * share * (3 - 2 * share);
  const deviation = borderDeviation(image);
  return { graphics, uniformBorder: deviation < 6, extendable: deviation < 1.5 || (deviation < 6 && graphics > 0.3) };
}

/** The share of pixels that are exactly like the one to the right and the one below. */
function equalNeighbours({ width, height, data }: PixelImage): number {
  const step = Math.max(1, Math.floor(Math.min(width, height) / samplesAcross));
  let equal = 0;
  let count = 0;
  for (let y = 0; y + 1 < height; y += step) {
    for (let x = 0; x + 1 < width; x += step) {
      const at = (y * width + x) * 4;
      const below = at + width * 4;
      // The hidden colours of what is transparent don't count.
      const isClear = data[at + 3] === 0 && data[at + 7] === 0 && data[below + 3] === 0;
      const same = [0, 1, 2, 3].every((i) => data[at + i] === data[at + 4 + i] && data[at + i] === data[below + i]);
      count += 1;
      if (isClear || same) equal += 1;
    }
  }
  return count === 0 ? 0 : equal / count;
}

/** The largest standard deviation of a channel along the border, in steps of 0 to 255. */
function borderDeviation({ width, height, data }: PixelImage): number {
  const sums = [0, 0, 0, 0];
  const squares = [0, 0, 0, 0];
  let count = 0;
  const add = (x: number, y: number): void => {
    const at = (y * width + x) * 4;
    const alpha = data[at + 3] ?? 0;
    for (let channel = 0; channel < 4; channel++) {
      const value = channel < 3 ? ((data[at + channel] ?? 0) * alpha) / 255 : alpha;
      sums[channel] = (sums[channel] ?? 0) + value;
      squares[channel] = (squares[channel] ?? 0) + value * value;
    }
    count += 1;
  };
  const stepX = Math.max(1, Math.floor(width / samplesAcross));
  const stepY = Math.max(1, Math.floor(height / samplesAcross));
  for (let x = 0; x < width; x += stepX) {
    add(x, 0);
    add(x, height - 1);
  }
  for (let y = 0; y < height; y += stepY) {
    add(0, y);
    add(width - 1, y);
  }
  const deviations = sums.map((sum, channel) => {
    const average = sum / count;
    return Math.sqrt(Math.max(0, (squares[channel] ?? 0) / count - average * average));
  });
  return Math.max(...deviations);
}
