import type { Arena, Raster } from "../kernels/arena.ts";
import { channelMax } from "../kernels/kernels.ts";
import { resample } from "../transform/resample.ts";
import type { Work } from "../work/work.ts";
import { clamp01, createGrid, gridSize, type Grid } from "./grid.ts";

/** Where long straight lines run: a horizon, a shore, a mast. From 0 (none) to 1. */
export interface Lines {
  readonly horizontal: Grid;
  readonly vertical: Grid;
}

/** How long a line must be, each way from a place on it, as a share of the image's shorter side. */
const reach = 0.16;
/** A contrast across the line, as a share of the range of brightness. */
const weakContrast = 0.008;
const strongContrast = 0.02;

/** Brightness, 0 to 1, on a grid that shows lines and shapes but no grain. */
export function* measureLight(arena: Arena, image: Raster): Work<Grid> {
  const mark = arena.mark();
  const size = gridSize(image, 96 * 96, 10);
  const small = yield* resample(arena, image, size.width, size.height);
  const pixels = arena.pixels(small);
  const light = createGrid(size.width, size.height);
  for (const cell of light.values.keys()) {
    const [red = 0, green = 0, blue = 0] = pixels.subarray(cell * 4, cell * 4 + 3);
    light.values[cell] = (0.299 * red + 0.587 * green + 0.114 * blue) / channelMax;
  }
  arena.release(mark);
  return light;
}

/** Bending these shows at once, so they are kept straight. */
export function measureLines(light: Grid): Lines {
  const { width, height } = light;
  const across = slope(light, 1, 0);
  const down = slope(light, 0, 1);
  const radius = Math.max(2, Math.round(reach * Math.min(width, height)));
  return {
    horizontal: alignment({ slopes: down, others: across, stepX: 1, stepY: 0, radius }),
    vertical: alignment({ slopes: across, others: down, stepX: 0, stepY: 1, radius }),
  };
}

/** The change of brightness over two cells. */
function slope({ width, height, values }: Grid, stepX: number, stepY: number): Grid {
  const slopes = createGrid(width, height);
  for (let y = stepY; y < height - stepY; y++) {
    for (let x = stepX; x < width - stepX; x++) {
      const cell = y * width + x;
      const step = stepY * width + stepX;
      slopes.values[cell] = (values[cell + step] ?? 0) - (values[cell - step] ?? 0);
    }
  }
  return slopes;
}

interface Alignment {
  readonly slopes: Grid;
  /** Those along the line. */
  readonly others: Grid;
  /** The direction of the line. */
  readonly stepX: number;
  readonly stepY: number;
  readonly radius: number;
}

/** How strong the slopes across a line are together, if they all go one way, and little changes along it. */
function alignment({ slopes, others, stepX, stepY, radius }: Alignment): Grid {
  const { width, height } = slopes;
  const result = createGrid(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      let size = 0;
      let count = 0;
      for (let i = -radius; i <= radius; i++) {
        const atX = x + i * stepX;
        const atY = y + i * stepY;
        if (atX < 0 || atY < 0 || atX >= width || atY >= height) continue;
        const cell = atY * width + atX;
        sum += slopes.values[cell] ?? 0;
        size += Math.abs(slopes.values[cell] ?? 0) + Math.abs(others.values[cell] ?? 0);
        count += 1;
      }
      const contrast = clamp01((Math.abs(sum) / count - weakContrast) / (strongContrast - weakContrast));
      const unity = clamp01((Math.abs(sum) / (size + 1e-9) - 0.5) / 0.25);
      result.values[y * width + x] = contrast * unity;
    }
  }
  return result;
}
