import { Arena } from "./kernels/arena.ts";
import { createKernels } from "./kernels/create-kernels.ts";
import { makeVariation, memoryNeeded, prepareSubject } from "./make-variation.ts";
import { resolveOptions, type Settings } from "./resolve-options.ts";
import type { PixelImage, Variation, VariationOptions } from "./variation-options.ts";
import { runHere } from "./work/run-here.ts";
import { NoWorkersError, runInWorkers } from "./work/run-in-workers.ts";

/**
 * Makes variations of an image from that image alone: parts of it from another point of view, in another place and light.
 *
 * @returns The variations, each as soon as it is done. Leaving the loop early ends the work.
 * @throws {@link InvalidOptionError} at once, if the image or an option is not accepted. Iteration rejects with the reason
 * of `signal`.
 */
export function createVariations(image: PixelImage, options: VariationOptions = {}): AsyncIterable<Variation> {
  return make(image, resolveOptions(image, options), options);
}

async function* make(image: PixelImage, settings: Settings, options: VariationOptions): AsyncGenerator<Variation> {
  options.signal?.throwIfAborted();
  if (settings.workers === 0) return yield* makeHere(image, settings, options);
  try {
    return yield* runInWorkers(image, settings, options);
  } catch (error) {
    if (!(error instanceof NoWorkersError)) throw error;
    return yield* makeHere(image, settings, options);
  }
}

async function* makeHere(
  image: PixelImage,
  settings: Settings,
  { signal, onProgress }: VariationOptions,
): AsyncGenerator<Variation> {
  const arena = new Arena(await createKernels(memoryNeeded(image, settings)));
  const subject = await runHere(prepareSubject(arena, image, settings), signal);
  const { width, height } = settings;
  for (let index = 0; index < settings.n; index++) {
    const seed = (settings.seed + index) >>> 0;
    const report = (done: number): void => onProgress?.({ index, done });
    const data = await runHere(makeVariation(arena, subject, { settings, seed, report }), signal);
    yield { index, seed, width, height, data };
  }
}
