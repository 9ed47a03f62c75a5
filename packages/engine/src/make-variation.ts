import { analyseImage, type Analysis } from "./analyse/analyse-image.ts";
import { valueAtShare } from "./analyse/grid.ts";
import type { Arena, Raster } from "./kernels/arena.ts";
import { createLayout, leastLayoutSide, layoutSize } from "./layout/create-layout.ts";
import { chooseChange } from "./plan/choose-change.ts";
import { planWarp, type WarpOptions } from "./plan/plan-warp.ts";
import type { Settings } from "./resolve-options.ts";
import { synthesise } from "./synthesise/synthesise.ts";
import { applyTone } from "./tone/apply-tone.ts";
import type { Place, View } from "./transform/choose-view.ts";
import { loadImage } from "./transform/load-image.ts";
import { resample } from "./transform/resample.ts";
import { warpImage } from "./transform/warp-image.ts";
import type { PixelImage } from "./variation-options.ts";
import type { Work } from "./work/work.ts";

/** What all variations of one image start from. */
export interface Subject {
  readonly loaded: Raster;
  readonly analysis: Analysis;
}

/** The bytes that {@link prepareSubject} and {@link makeVariation} need together, at most. */
export function memoryNeeded(image: PixelImage, { width, height }: Settings): number {
  const staging = Math.max(262_144, image.width * 16) * 4;
  return Math.max(width * height, 128 * 128) * 84 + staging + 28_000_000;
}

/** Stage one: analyse. */
export function* prepareSubject(arena: Arena, image: PixelImage, { width, height }: Settings): Work<Subject> {
  const loaded = yield* loadImage(arena, image, width, height);
  return { loaded, analysis: yield* analyseImage(arena, image, loaded) };
}

export interface VariationJob {
  readonly settings: Settings;
  readonly seed: number;
  /** Called with the share of the work that is done, 0 to 1. */
  readonly report: (done: number) => void;
}

/** The other stages, in their order: transform, plan, layout, synthesise, tone. Returns RGBA bytes. */
export function* makeVariation(
  arena: Arena,
  { loaded, analysis }: Subject,
  { settings, seed, report }: VariationJob,
): Work<Uint8ClampedArray<ArrayBuffer>> {
  const mark = arena.mark();
  const { width, height } = settings;
  const { view, tone } = chooseChange(analysis, settings, seed);
  const sight = lookThrough(view, analysis);
  const warp = planWarp({
    seed,
    aspectRatio: width / height,
    amplitude: 0.24 * settings.strength * (1 - analysis.surface.graphics) * (1 - 0.8 * analysis.meanRigidity),
    zoom: view.zoom,
    ...sight,
  });
  report(0.05);
  const placeOf = (place: Place): Place => view.placeOf(warp(place));
  let current = yield* warpImage(arena, loaded, { width, height, placeOf });
  report(0.15);
  if (canRearrange(settings)) {
    const small = layoutSize({ width, height });
    const layout = yield* createLayout(arena, yield* resample(arena, current, small.width, small.height), {
      seed,
      strength: settings.strength,
      remix: chooseRemix(settings, analysis),
      graphics: analysis.surface.graphics,
      rigidityAt: (place) => sight.rigidityAt(warp(place)),
      lineAt: (place) => Math.max(sight.lineAt(warp(place), "horizontal"), sight.lineAt(warp(place), "vertical")),
    });
    report(0.3);
    current = yield* synthesise(arena, current, layout, (done) => report(0.3 + 0.6 * done));
  }
  report(0.9);
  const bytes = yield* applyTone(arena, current, tone);
  arena.release(mark);
  report(1);
  return bytes;
}

/** What the analysis says of places of the view. */
function lookThrough(view: View, { rigidity, lines }: Analysis): Pick<WarpOptions, "rigidityAt" | "lineAt"> {
  return {
    rigidityAt: (place) => {
      const { x, y } = view.placeOf(place);
      return valueAtShare(rigidity, x, y);
    },
    lineAt: (place, direction) => {
      const { x, y } = view.placeOf(place);
      return valueAtShare(lines[direction], x, y);
    },
  };
}

/** Whether an image is neither too small nor too long for a layout. */
function canRearrange({ width, height, strength }: Settings): boolean {
  const small = layoutSize({ width, height });
  const isLargeEnough = width >= small.width && height >= small.height;
  const longest = (small.width * small.height) / (leastLayoutSide * leastLayoutSide);
  return isLargeEnough && Math.max(width / height, height / width) <= longest && strength > 0;
}

function chooseRemix({ remix, strength }: Settings, { meanRigidity }: Analysis): number {
  return remix === "auto" ? Math.max(0.1, Math.min(1.1, 2 * strength * (1 - meanRigidity))) : remix;
}
