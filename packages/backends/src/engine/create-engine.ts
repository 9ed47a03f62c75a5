import type { PixelImage } from "@image-variations/engine";
import type { Backend, BackendImage, VariationRequest } from "../backend.ts";
import { BackendError } from "../backend-error.ts";
import type { ImageCodec } from "../codec/image-codec.ts";
import { platformCodec } from "../codec/platform-codec.ts";
import { createGate, type Gate } from "../images/create-gate.ts";
import { randomSeed, seedAt } from "../images/random-seed.ts";
import { progressReporter } from "../images/report-progress.ts";
import { asInvalidInput, cropToSquare } from "../images/square-image.ts";
import { checkEngineOptions, type EngineOptions } from "./engine-options.ts";
import { inOrder } from "./in-order.ts";

/** The longest side that the engine takes, in pixels. */
const maximumSide = 4_096;

/** How many images a thread makes before the next request has its turn. */
const imagesPerTurn = 2;

/**
 * Variations by the embedded engine: offline, without a key or a model, from the pixels of the image alone. It rearranges,
 * mirrors and relights what is there, and draws nothing that is not. The same seed makes the same images.
 *
 * @throws TypeError if an option is invalid.
 * @example
 * ```ts
 * const backend = engine({ strength: 0.4 });
 * ```
 */
export function engine(options: EngineOptions = {}): Backend {
  checkEngineOptions(options);
  // Shared by all requests: threads for each of them would only make all of them slower.
  const workers = options.workers ?? globalThis.navigator?.hardwareConcurrency ?? 1;
  const gate = createGate(Math.max(1, workers));

  return {
    name: "engine",
    capabilities: { seed: true, strength: true, prompt: false },
    createVariations: (request) => createVariations(request, { options, workers, gate }),
    async checkReady() {
      await Promise.all([options.codec ?? platformCodec(), import("@image-variations/engine")]);
    },
  };
}

interface EngineContext {
  readonly options: EngineOptions;
  /** How many threads there are for all requests; 0: none but our own. */
  readonly workers: number;
  readonly gate: Gate;
}

async function* createVariations(
  request: VariationRequest,
  { options, workers, gate }: EngineContext,
): AsyncGenerator<BackendImage, void, undefined> {
  const { image, n, size, signal, seed = randomSeed(), strength = options.strength } = request;
  signal?.throwIfAborted();
  const codec = options.codec ?? (await platformCodec());
  const { createVariations: run } = await import("@image-variations/engine");
  const pixels = await decodeInput(image, codec);
  const { remix, flip, tone } = options;
  const chosen = withoutUndefined({ remix, flip, tone, strength, signal });
  const report = progressReporter(request.onProgress);
  const shares = new Float64Array(n);

  for (let made = 0; made < n;) {
    const pass = await gate.enter(signal, n - made);
    try {
      const count = Math.min(n - made, pass.places * imagesPerTurn);
      const first = made;
      const results = run(pixels, {
        ...chosen,
        n: count,
        size,
        seed: seedAt(seed, first),
        workers: workers === 0 ? 0 : Math.min(pass.places, count),
        onProgress: ({ index, done }) => {
          shares[first + index] = done;
          report({ index: first + index, done: shares.reduce((sum, share) => sum + share, 0) / n });
        },
      });
      for await (const variation of inOrder(results)) {
        const bytes = await codec.encode(variation);
        signal?.throwIfAborted();
        shares[made] = 1;
        made += 1;
        yield { bytes, mediaType: "image/png" };
      }
    } catch (error) {
      throw toBackendError(error, signal);
    } finally {
      pass.leave();
    }
  }
  report({ done: 1 });
}

async function decodeInput(bytes: Uint8Array<ArrayBuffer>, codec: ImageCodec): Promise<PixelImage> {
  try {
    const image = cropToSquare(await codec.decode(bytes));
    if (image.width <= maximumSide) return image;
    return await codec.resize(image, { width: maximumSide, height: maximumSide });
  } catch (cause) {
    throw asInvalidInput(cause);
  }
}

function toBackendError(error: unknown, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof BackendError) return error;
  const { name, message, option } = error as { name?: unknown; message?: unknown; option?: unknown };
  // The name, because a bundle can have the engine twice.
  return name === "InvalidOptionError"
    ? new BackendError(String(message), { status: 400, param: String(option).split(".")[0] ?? null, cause: error })
    : new BackendError(`The engine failed: ${String(message)}`, { cause: error });
}

type Defined<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

function withoutUndefined<Fields extends object>(fields: Fields): Defined<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<Fields>;
}
