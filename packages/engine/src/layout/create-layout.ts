import { clamp01, gridSize } from "../analyse/grid.ts";
import type { Arena, Raster } from "../kernels/arena.ts";
import { channelMax } from "../kernels/kernels.ts";
import { createRandom } from "../numbers/random.ts";
import type { Place } from "../transform/choose-view.ts";
import type { Work } from "../work/work.ts";
import { diffuseLayout } from "./diffuse-layout.ts";
import type { Layout } from "./layout.ts";
import { moveObjects } from "./move-objects.ts";

/** The least cells of a layout either way; an image too long for that is not rearranged. */
export const leastLayoutSide = 18;
const layoutArea = 40 * 40;

export function layoutSize(image: { readonly width: number; readonly height: number }): {
  width: number;
  height: number;
} {
  return gridSize(image, layoutArea, leastLayoutSide);
}

export interface LayoutOptions {
  readonly seed: number;
  readonly strength: number;
  readonly remix: number;
  readonly graphics: number;
  readonly rigidityAt: (place: Place) => number;
  /** How strong a straight line runs there, 0 to 1. */
  readonly lineAt: (place: Place) => number;
}

/** Decides at a small scale what stands where. `source` is the view at that scale. */
export function* createLayout(
  arena: Arena,
  source: Raster,
  { seed, strength, remix, graphics, rigidityAt, lineAt }: LayoutOptions,
): Work<Layout> {
  const { width, height } = source;
  const cells = width * height;
  const colours = Float64Array.from(arena.pixels(source), (value) => value / channelMax);
  const layout: Layout = {
    width,
    height,
    colours,
    background: colours.slice(),
    pins: new Float64Array(cells),
    movedX: new Int16Array(cells),
    movedY: new Int16Array(cells),
    placeWeights: new Float64Array(cells).fill(1),
    rigidity: new Float64Array(cells),
    taken: new Uint8Array(cells),
  };
  const threshold = 0.25 + 0.35 * Math.max(0, remix - 0.5);
  for (let cell = 0; cell < cells; cell++) {
    const x = cell % width;
    const place = { x: (x + 0.5) / width, y: ((cell - x) / width + 0.5) / height };
    const rigidity = rigidityAt(place);
    layout.rigidity[cell] = rigidity;
    layout.pins[cell] = clamp01(Math.max((rigidity - threshold) / 0.35, 1.2 * lineAt(place)));
  }
  const random = createRandom(seed, 3);
  if (remix > 0 && !(graphics > 0.3 && remix < 0.7)) moveObjects(layout, random, Math.min(1, remix * 1.6));
  const noise = strength * (0.4 + 1.2 * remix) * (1 - graphics);
  if (noise > 0.02) {
    yield* diffuseLayout(arena, layout, { noise, locality: 0.05 + 0.12 * remix, random });
  } else {
    // Only the holes that moved objects left are made.
    for (const [cell, weight] of layout.placeWeights.entries()) if (weight > 0.5) layout.pins[cell] = 1;
  }
  for (const [cell, weight] of layout.placeWeights.entries()) {
    layout.placeWeights[cell] = Math.max(0.04, weight) * Math.max(0.05, 1 - 0.7 * remix);
  }
  return layout;
}
