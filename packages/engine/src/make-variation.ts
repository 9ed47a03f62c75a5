import { analyseImage, type Analysis } from "./analyse/analyse-image.ts";
import { valueAtShare } from "./analyse/grid.ts";
import type { Arena, Raster } from "./kernels/arena.ts";
import { createLayout, leastLayoutSide, layoutSize } from "./layout/create-layout.ts";
import { planWarp } from "./plan/plan-warp.ts";
import type { Settings } from "./resolve-options.ts";
import { synthesise } from "./synthesise/synthesise.ts";
import { applyTone } from "./tone/apply-tone.ts";
import { chooseTone } from "./tone/choose-tone.ts";
import { chooseView, type Place } from "./transform/choose-view.ts";
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
  const { width, height, strength } = settings;
  const { surface, meanRigidity } = analysis;
  const aspectRatio = width / height;
  // Mirrored text cannot be read, and a logo is not itself.
  const canFlip = surface.graphics < 0.3 && analysis.text.length === 0;
  const view = chooseView({
    seed,
    strength,
    flip: settings.flip === "auto" ? canFlip && seed % 2 === 1 : settings.flip === "always",
    aspectRatio,
    surface,
    rigidity: meanRigidity,
    kept: analysis.text.map(({ x, y, width: across, height: down }) => ({
      left: x / analysis.width,
      top: y / analysis.height,
      right: (x + across) / analysis.width,
      bottom: (y + down) / analysis.height,
    })),
  });
  const rigidityInView = (place: Place): number => {
    const { x, y } = view.placeOf(place);
    return valueAtShare(analysis.rigidity, x, y);
  };
  const lineInView = (place: Place, direction: "horizontal" | "vertical"): number => {
    const { x, y } = view.placeOf(place);
    return valueAtShare(analysis.lines[direction], x, y);
  };
  const warp = planWarp({
    seed,
    aspectRatio,
    amplitude: 0.24 * strength * (1 - surface.graphics) * (1 - 0.8 * meanRigidity),
    zoom: view.zoom,
    rigidityAt: rigidityInView,
    lineAt: lineInView,
  });
  report(0.05);
  const placeOf = (place: Place): Place => view.placeOf(warp(place));
  let current = yield* warpImage(arena, loaded, { width, height, placeOf });
  report(0.15);

  const small = layoutSize({ width, height });
  const isLargeEnough = width >= small.width && height >= small.height;
  const isTooLong =
    Math.max(aspectRatio, 1 / aspectRatio) > (small.width * small.height) / (leastLayoutSide * leastLayoutSide);
  if (isLargeEnough && !isTooLong && strength > 0) {
    const layout = yield* createLayout(arena, yield* resample(arena, current, small.width, small.height), {
      seed,
      strength,
      remix:
        settings.remix === "auto" ? Math.max(0.1, Math.min(1.1, 2 * strength * (1 - meanRigidity))) : settings.remix,
      graphics: surface.graphics,
      rigidityAt: (place) => rigidityInView(warp(place)),
      lineAt: (place) => Math.max(lineInView(warp(place), "horizontal"), lineInView(warp(place), "vertical")),
    });
    report(0.3);
    current = yield* synthesise(arena, current, layout, (done) => report(0.3 + 0.6 * done));
  }
  report(0.9);
  const tone = settings.tone
    ? chooseTone({
        seed,
        amount: Math.min(2 * strength, 1.3),
        graphics: surface.graphics,
        uniformBorder: surface.uniformBorder,
        ...analysis.colours,
      })
    : undefined;
  const bytes = yield* applyTone(arena, current, tone);
  arena.release(mark);
  report(1);
  return bytes;
}
