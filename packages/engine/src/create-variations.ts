import { Arena } from "./kernels/arena.ts";
import { createKernels } from "./kernels/create-kernels.ts";
import { makeVariation, memoryNeeded, prepareSubject } from "./make-variation.ts";
import { resolveOptions, seedOf, type Settings } from "./resolve-options.ts";
import type { PixelImage, Variation, VariationOptions } from "./variation-options.ts";
import { runHere } from "./work/run-here.ts";
import { runInWorkers, type WorkersJob } from "./work/run-in-workers.ts";
import { sharedPool, type WorkerPool } from "./work/worker-pool.ts";

/**
 * Makes variations of an image from that image alone: parts of it from another point of view, in another place and light.
 *
 * @returns The variations, each as soon as it is done. Leaving the loop early ends the work.
 * @throws {@link InvalidOptionError} at once, if the image or an option is not accepted. Iteration rejects with the reason
 * of `signal`.
 */
export function createVariations(image: PixelImage, options: VariationOptions = {}): AsyncIterable<Variation> {
  return makeVariations(image, options);
}

/** Does what {@link createVariations} does, with these workers. */
export function makeVariations(
  image: PixelImage,
  options: VariationOptions,
  pool: WorkerPool = sharedPool,
): AsyncIterable<Variation> {
  return make({ image, settings: resolveOptions(image, options), options, pool });
}

async function* make({ image, settings, options, pool }: WorkersJob): AsyncGenerator<Variation> {
  options.signal?.throwIfAborted();
  const rising = { ...options, onProgress: onlyRising(options.onProgress) };
  const left =
    settings.workers > 0
      ? yield* runInWorkers({ image, settings, options: rising, pool })
      : Array.from({ length: settings.n }, (_, index) => index);
  if (left.length > 0) yield* makeHere({ image, settings, options: rising, indices: left });
}

/** Keeps the progress of an image from falling if it has to be started again. */
function onlyRising(onProgress: VariationOptions["onProgress"]): NonNullable<VariationOptions["onProgress"]> {
  const most = new Map<number, number>();
  return ({ index, done }) => {
    if (done <= (most.get(index) ?? -1)) return;
    most.set(index, done);
    onProgress?.({ index, done });
  };
}

interface WorkHere {
  readonly image: PixelImage;
  readonly settings: Settings;
  readonly options: VariationOptions;
  readonly indices: readonly number[];
}

async function* makeHere({ image, settings, options, indices }: WorkHere): AsyncGenerator<Variation> {
  const { signal, onProgress } = options;
  const arena = new Arena(await createKernels(memoryNeeded(image, settings)));
  const subject = await runHere(prepareSubject(arena, image, settings), signal);
  const { width, height } = settings;
  for (const index of indices) {
    const seed = seedOf(settings, index);
    const report = (done: number): void => onProgress?.({ index, done });
    const data = await runHere(makeVariation(arena, subject, { settings, seed, report }), signal);
    yield { index, seed, width, height, data };
  }
}
