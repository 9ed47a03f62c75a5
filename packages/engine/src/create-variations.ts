import { Arena } from "./kernels/arena.ts";
import { createPlainKernels } from "./kernels/plain-kernels.ts";
import { makeVariation, memoryNeeded, prepareSubject } from "./make-variation.ts";
import { resolveOptions, type Settings } from "./resolve-options.ts";
import type { PixelImage, Variation, VariationOptions } from "./variation-options.ts";
import { runHere } from "./work/run-here.ts";

/**
 * Makes variations of an image from that image alone.
 *
 * @returns The variations, each as soon as it is done. Leaving the loop early ends the work.
 * @throws {@link InvalidOptionError} at once, if the image or an option is not accepted. Iteration rejects with the reason
 * of `signal`.
 */
export function createVariations(image: PixelImage, options: VariationOptions = {}): AsyncIterable<Variation> {
  return makeHere(image, resolveOptions(image, options), options);
}

async function* makeHere(
  image: PixelImage,
  settings: Settings,
  { signal, onProgress }: VariationOptions,
): AsyncGenerator<Variation> {
  signal?.throwIfAborted();
  const arena = new Arena(createPlainKernels(memoryNeeded(image, settings)));
  const subject = await runHere(prepareSubject(arena, image, settings), signal);
  const { width, height } = settings;
  for (let index = 0; index < settings.n; index++) {
    const seed = (settings.seed + index) >>> 0;
    const report = (done: number): void => onProgress?.({ index, done });
    const data = await runHere(makeVariation(arena, subject, { settings, seed, report }), signal);
    yield { index, seed, width, height, data };
  }
}
