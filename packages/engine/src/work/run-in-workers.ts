import { EngineError } from "../engine-error.ts";
import type { Settings } from "../resolve-options.ts";
import type { PixelImage, Variation, VariationOptions } from "../variation-options.ts";
import { startWorker, type EngineWorker } from "./start-worker.ts";
import type { FromWorker } from "./worker-messages.ts";

/** Says that the runtime starts no workers, or cannot find their code: the work must be done on the calling thread. */
export class NoWorkersError extends EngineError {
  override name = "NoWorkersError";
}

/**
 * Spreads the images over workers. These end when all is done, when the iteration is left, or when something fails.
 *
 * @throws {@link NoWorkersError} before the first image, if no worker starts.
 */
export async function* runInWorkers(
  image: PixelImage,
  settings: Settings,
  { signal, onProgress }: VariationOptions,
): AsyncGenerator<Variation> {
  const { n, width, height } = settings;
  const done: Variation[] = [];
  const workers = new Set<EngineWorker>();
  let failure: { readonly error: unknown } | undefined;
  let wake = (): void => undefined;
  let nextIndex = 0;
  let finished = 0;

  const endAll = (): void => {
    for (const worker of workers) worker.end();
    workers.clear();
  };
  const fail = (error: unknown): void => {
    failure ??= { error };
    endAll();
    wake();
  };
  const seedOf = (index: number): number => (settings.seed + index) >>> 0;
  const shared: PixelImage = { width: image.width, height: image.height, data: shareBytes(image.data) };

  const employ = (): void => {
    if (failure) return;
    let hasStarted = false;
    let worker: EngineWorker | undefined;
    const giveWork = (): void => {
      if (nextIndex < n) {
        const index = nextIndex++;
        worker?.post({ kind: "job", index, seed: seedOf(index) });
      } else if (worker) {
        workers.delete(worker);
        worker.end();
      }
    };
    const onMessage = (message: FromWorker): void => {
      if (failure) return;
      if (message.kind === "started") {
        hasStarted = true;
        worker?.post({ kind: "subject", image: shared, settings });
        giveWork();
      } else if (message.kind === "progress") {
        try {
          onProgress?.({ index: message.index, done: message.done });
        } catch (error) {
          fail(error);
        }
      } else if (message.kind === "variation") {
        const { index, data } = message;
        finished += 1;
        done.push({ index, seed: seedOf(index), width, height, data });
        giveWork();
        wake();
      } else fail(message.error);
    };
    const onError = (error: unknown): void => {
      if (worker && !workers.has(worker)) return;
      if (hasStarted) fail(new EngineError("A worker failed.", { cause: error }));
      else fail(new NoWorkersError("No worker could be started.", { cause: error }));
    };
    worker = startWorker({ onMessage, onError });
    if (worker && !failure) workers.add(worker);
    else {
      worker?.end();
      fail(new NoWorkersError("The runtime has no workers."));
    }
  };

  const onAbort = (): void => fail(signal?.reason);
  signal?.addEventListener("abort", onAbort);
  try {
    for (let count = 0; count < settings.workers; count++) employ();
    for (let yielded = 0; yielded < n;) {
      const variation = done.shift();
      if (failure) throw failure.error;
      if (variation) {
        yielded += 1;
        yield variation;
      } else if (finished === yielded) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    endAll();
  }
}

/** The bytes where all workers can read them, if the runtime has such memory; otherwise each gets a copy. */
function shareBytes(data: PixelImage["data"]): PixelImage["data"] {
  if (typeof SharedArrayBuffer !== "function" || globalThis.crossOriginIsolated === false) return data;
  if (data.buffer instanceof SharedArrayBuffer) return data;
  const shared = new Uint8Array(new SharedArrayBuffer(data.length));
  shared.set(data);
  return shared;
}
