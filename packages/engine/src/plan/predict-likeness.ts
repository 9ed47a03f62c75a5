import { clamp01, createGrid, valueAtShare, type Grid } from "../analyse/grid.ts";
import { cos, sin } from "../numbers/elementary.ts";
import type { Tone } from "../tone/choose-tone.ts";
import { fromOklab, toOklab } from "../tone/oklab.ts";
import type { View } from "../transform/choose-view.ts";

/** What happens to an image as a whole. */
export interface Change {
  readonly view: View;
  readonly tone: Tone | undefined;
}

/** How alike an image and what a change makes of it will look, at most 1: their structural similarity, at a small scale. */
export function predictLikeness(light: Grid, change: Change): number {
  return similarity(light, changeLight(light, change));
}

function changeLight(light: Grid, { view, tone }: Change): Grid {
  const { width, height } = light;
  const changed = createGrid(width, height);
  const relight = createRelight(tone);
  for (const cell of changed.values.keys()) {
    const column = cell % width;
    const place = { x: (column + 0.5) / width, y: ((cell - column) / width + 0.5) / height };
    const { x, y } = view.placeOf(place);
    changed.values[cell] = relight(valueAtShare(light, x, y), place);
  }
  return changed;
}

const shades = 32;

/** What a tone makes of a grey at a place of the image. */
function createRelight(
  tone: Tone | undefined,
): (grey: number, place: { readonly x: number; readonly y: number }) => number {
  if (!tone) return (grey) => grey;
  const tables = [-1, 1].map((side) =>
    Float64Array.from({ length: shades + 1 }, (_, shade) => {
      const grey = shade / shades;
      const [red, green, blue] = fromOklab(tone.change(toOklab(grey, grey, grey), side));
      return 0.299 * red + 0.587 * green + 0.114 * blue;
    }),
  ) as [Float64Array, Float64Array];
  const [dark, bright] = tables.map((table) => ({ width: shades + 1, height: 1, values: table })) as [Grid, Grid];
  const across = cos(tone.direction);
  const down = sin(tone.direction);
  return (grey, { x, y }) => {
    const share = clamp01(0.5 + across * (x - 0.5) + down * (y - 0.5));
    const at = (grey * shades + 0.5) / (shades + 1);
    return valueAtShare(dark, at, 0) * (1 - share) + valueAtShare(bright, at, 0) * share;
  };
}

/** The constants of structural similarity (Wang et al. 2004), for brightness from 0 to 1. */
const lightConstant = 0.0001;
const contrastConstant = 0.0009;

/** The mean structural similarity over windows of 3 × 3 cells. */
function similarity(first: Grid, second: Grid): number {
  const { width, height } = first;
  let sum = 0;
  for (let top = 0; top + 3 <= height; top++) {
    for (let left = 0; left + 3 <= width; left++) {
      let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
      for (let y = top; y < top + 3; y++) {
        for (let cell = y * width + left; cell < y * width + left + 3; cell++) {
          const u = first.values[cell] ?? 0;
          const v = second.values[cell] ?? 0;
          a += u / 9;
          b += v / 9;
          aa += (u * u) / 9;
          bb += (v * v) / 9;
          ab += (u * v) / 9;
        }
      }
      sum +=
        ((2 * a * b + lightConstant) * (2 * (ab - a * b) + contrastConstant)) /
        ((a * a + b * b + lightConstant) * (aa - a * a + bb - b * b + contrastConstant));
    }
  }
  return sum / ((width - 2) * (height - 2));
}
