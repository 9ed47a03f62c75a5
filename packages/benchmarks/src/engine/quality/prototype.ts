import { readFile } from "node:fs/promises";
import type { PixelImage } from "@image-variations/engine";
import { QualityError } from "./quality-error.ts";
import type { Method } from "./method.ts";

/** What the prototype's WASM exports; its parameters are positions in C. */
interface PrototypeExports {
  readonly memory: WebAssembly.Memory;
  readonly eng_alloc: (bytes: number) => number;
  readonly eng_mark: () => number;
  readonly eng_release: (mark: number) => void;
  readonly eng_run: (...parameters: number[]) => number;
}

/** As the prototype was measured: remix and tone chosen by itself, flips at random. */
const settings = { remix: -1, flip: 2, tone: -1, ratio: 4 / 3, iterations: 3, radius: 16, coarsest: 40 };

/**
 * Loads the engine's C prototype, compiled to WASM, to measure it beside the engine. It takes RGB and gives squares.
 *
 * Throws `QualityError` if the file cannot be read, or is not that prototype.
 */
export async function loadPrototype(file: string): Promise<Method> {
  const prototype = await instantiate(file);
  return {
    name: "prototype",
    async *vary(image, { n, strength, seed, size }) {
      for (let index = 0; index < n; index++) yield run(prototype, image, { seed: seed + index, strength, size });
    },
  };
}

async function instantiate(file: string): Promise<PrototypeExports> {
  let bytes: Buffer<ArrayBuffer>;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new QualityError(`Cannot read the prototype ${file}. Compile it to WASM first, and pass that file.`, {
      cause,
    });
  }
  try {
    const { instance } = await WebAssembly.instantiate(bytes, { env: { now: () => performance.now() } });
    if (typeof instance.exports["eng_run"] !== "function") throw new TypeError("It does not export eng_run.");
    return instance.exports as unknown as PrototypeExports;
  } catch (cause) {
    throw new QualityError(`${file} is not the prototype compiled to WASM: ${(cause as Error).message}`, { cause });
  }
}

function run(
  { memory, eng_alloc, eng_mark, eng_release, eng_run }: PrototypeExports,
  { width, height, data }: PixelImage,
  { seed, strength, size }: { readonly seed: number; readonly strength: number; readonly size: number },
): PixelImage {
  const { remix, flip, tone, ratio, iterations, radius, coarsest } = settings;
  const mark = eng_mark();
  const input = eng_alloc(width * height * 3);
  const output = eng_alloc(size * size * 3);
  const rgb = new Uint8Array(memory.buffer, input, width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) rgb[pixel * 3 + channel] = data[pixel * 4 + channel] ?? 0;
  }
  eng_run(input, width, height, size, seed, strength, remix, flip, tone, ratio, iterations, radius, coarsest, output);
  const made = new Uint8Array(memory.buffer, output, size * size * 3);
  const rgba = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let pixel = 0; pixel < size * size; pixel++) {
    for (let channel = 0; channel < 3; channel++) rgba[pixel * 4 + channel] = made[pixel * 3 + channel] ?? 0;
  }
  eng_release(mark);
  return { width: size, height: size, data: rgba };
}
