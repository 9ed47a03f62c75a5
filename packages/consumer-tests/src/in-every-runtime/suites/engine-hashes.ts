import { createVariations, type PixelImage } from "@image-variations/engine";

/** What a runtime makes of one image. */
export interface EngineHashes {
  /** A fingerprint of each variation, made on the calling thread. */
  readonly here: readonly string[];
  /** Of the same ones, made by two workers where the runtime starts any. */
  readonly spread: readonly string[];
  /** How many of those came from workers. */
  readonly byWorkers: number;
}

/** Varies an image that is drawn from integers. */
export default async function engineHashes(): Promise<EngineHashes> {
  const image = drawImage(96, 72);
  const count = { byWorkers: 0 };
  await countMessages(() => (count.byWorkers += 1));
  return { here: await hashAll(image, 0), spread: await hashAll(image, 2), ...count };
}

async function hashAll(image: PixelImage, workers: number): Promise<string[]> {
  const hashes: string[] = [];
  for await (const { index, data } of createVariations(image, { n: 2, seed: 7, strength: 0.8, workers })) {
    hashes[index] = fingerprint(data);
  }
  return hashes;
}

/** Calls back for each variation that a worker sends. */
async function countMessages(onVariation: () => void): Promise<void> {
  const look = (message: { readonly kind?: string }): void => void (message.kind === "variation" && onVariation());
  if (typeof Worker === "function") {
    globalThis.Worker = class extends Worker {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        this.addEventListener("message", ({ data }) => look(data as { kind?: string }));
      }
    };
  } else {
    globalThis.process?.on?.("worker", (worker) => void worker.on("message", look));
  }
}

function drawImage(width: number, height: number): PixelImage {
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i++) {
    const x = i % width;
    const y = (i - x) / width;
    const grain = (Math.imul(i, 0x9e3779b1) >>> 24) & 31;
    const isSun = (x - 40) * (x - 40) + (y - 35) * (y - 35) < 150;
    const colour = isSun ? [240, 200, 60] : y < 40 ? [90 + y, 140, 220] : [70 + grain, 120 + grain * 2, 50];
    data.set([...colour, x > 90 ? 128 : 255], i * 4);
  }
  return { width, height, data };
}

function fingerprint(bytes: Uint8ClampedArray): string {
  let [a, b] = [0x811c9dc5, 0x1b873593];
  for (const byte of bytes) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b) ^ (b >>> 13);
  }
  return (a >>> 0).toString(36) + (b >>> 0).toString(36);
}
