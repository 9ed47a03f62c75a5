import type { Arena, Raster } from "../kernels/arena.ts";
import type { PixelImage } from "../variation-options.ts";
import { bands, type Work } from "../work/work.ts";
import { resample } from "./resample.ts";

/**
 * Brings the image into the kernels' memory, no larger than views of `width` × `height` pixels can use: shrinking is done
 * once here, enlarging later, from the original pixels.
 */
export function* loadImage(arena: Arena, image: PixelImage, width: number, height: number): Work<Raster> {
  // A view shows about nine tenths of the image.
  const scale = Math.max(width / image.width, height / image.height) / 0.9;
  const factor = Math.max(1, Math.floor(1 / scale));
  const reduced = {
    width: Math.max(1, Math.floor(image.width / factor)),
    height: Math.max(1, Math.floor(image.height / factor)),
  };
  const target = { width: Math.ceil(image.width * scale), height: Math.ceil(image.height * scale) };
  // Less than a quarter too large is not worth the blur of another filter.
  const fits = reduced.width <= target.width * 1.25;

  const mark = arena.mark();
  const loaded = fits ? arena.raster(reduced.width, reduced.height) : arena.raster(target.width, target.height);
  const large = fits ? loaded : arena.raster(reduced.width, reduced.height);
  const inner = arena.mark();
  const rowBytes = image.width * 4;
  const rowsAtOnce = Math.max(1, Math.floor(262_144 / (image.width * factor)));
  const staging = arena.allocate(rowsAtOnce * factor * rowBytes);
  for (const { firstRow, endRow } of bands(reduced.height, rowsAtOnce)) {
    const length = (endRow - firstRow) * factor * rowBytes;
    const start = firstRow * factor * rowBytes;
    arena.bytes(staging, length).set(image.data.subarray(start, start + length));
    arena.kernels.reduce({
      source: staging,
      sourceWidth: image.width,
      factor: Math.min(factor, image.width, image.height),
      target: large.address + firstRow * reduced.width * 8,
      width: reduced.width,
      rows: endRow - firstRow,
    });
    yield;
  }
  arena.release(inner);
  if (fits) return loaded;
  const small = yield* resample(arena, large, target.width, target.height);
  arena.pixels(loaded).set(arena.pixels(small));
  arena.release(mark);
  return arena.raster(target.width, target.height);
}
