import type { Backend } from "@image-variations/backends";
import { inspectPng } from "@image-variations/validation";
import { loadSharp } from "../codec/load-sharp.ts";
import { failed, ok, skipped, type Diagnosis } from "./diagnosis.ts";

/** In pixels. */
const inputSide = 64;
const outputSide = 256;

/**
 * Makes one tiny variation in this process, and checks it to its last pixel.
 *
 * @param load Loads the backend.
 */
export async function checkVariation(
  signal: AbortSignal,
  load: () => Promise<Backend> = loadEngine,
): Promise<Diagnosis> {
  let image: Uint8Array<ArrayBuffer>;
  try {
    image = await drawInput();
  } catch {
    return skipped("No variation was made, because images can't be encoded.");
  }
  const started = performance.now();
  try {
    const backend = await load();
    try {
      const sizes: (number | null)[] = [];
      for await (const { bytes } of backend.createVariations({ image, n: 1, size: outputSide, seed: 1, signal })) {
        const { valid, width } = await inspectPng(bytes, { depth: "pixels", limits: { square: true } });
        if (!valid) return failed("The variation that was made is not a valid PNG.", reportFix);
        sizes.push(width);
      }
      if (sizes.join() !== String(outputSide)) {
        return failed(`The engine made ${sizes.length} images of ${sizes.join(", ")} pixels.`, reportFix);
      }
    } finally {
      await backend.close?.();
    }
  } catch (error) {
    signal.throwIfAborted();
    return failed(`No variation could be made: ${(error as Error).message}`, reportFix);
  }
  const milliseconds = Math.round(performance.now() - started);
  return ok(`A variation of ${outputSide}x${outputSide} was made in this process, in ${milliseconds} ms.`);
}

const reportFix = "Install the package again; if that does not help, report it with the output of --verbose.";

async function loadEngine(): Promise<Backend> {
  const { engine } = await import("@image-variations/backends/engine");
  return engine();
}

/** Stripes of several colors. */
async function drawInput(): Promise<Uint8Array<ArrayBuffer>> {
  const sharp = await loadSharp();
  const data = Uint8Array.from({ length: inputSide * inputSide * 3 }, (_, index) => {
    const pixel = Math.floor(index / 3);
    const x = pixel % inputSide;
    const y = Math.floor(pixel / inputSide);
    return [x * 4, y * 4, ((x >> 3) + (y >> 3)) % 2 === 0 ? 60 : 200][index % 3] ?? 0;
  });
  const drawn = sharp(data, { raw: { width: inputSide, height: inputSide, channels: 3 } });
  return new Uint8Array(await drawn.png().toBuffer());
}
