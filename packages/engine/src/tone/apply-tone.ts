import type { Arena, Raster } from "../kernels/arena.ts";
import { channelMax } from "../kernels/kernels.ts";
import { cos, sin } from "../numbers/elementary.ts";
import { bands, type Work } from "../work/work.ts";
import type { Tone } from "./choose-tone.ts";
import { fromOklab, toOklab } from "./oklab.ts";

/** Colours between the nodes of the table are interpolated; 20 intervals divide a channel evenly. */
const nodes = 21;

/** The image with its tone changed, as RGBA bytes of straight alpha. */
export function* applyTone(arena: Arena, image: Raster, tone: Tone | undefined): Work<Uint8ClampedArray<ArrayBuffer>> {
  const { width, height } = image;
  const mark = arena.mark();
  const tables = arena.allocate(nodes * nodes * nodes * 16);
  yield* writeTables(arena.shorts(tables, nodes * nodes * nodes * 8), tone);
  // 8 bits of light, in 1/65536: 128 in the middle, and the whole range from edge to edge.
  const across = Math.round(((tone ? cos(tone.direction) : 0) * 0x1000000) / width);
  const down = Math.round(((tone ? sin(tone.direction) : 0) * 0x1000000) / height);
  const origin = Math.round(0x800000 - ((across * width) / 2 + (down * height) / 2));
  const target = arena.allocate(width * height * 4);
  for (const band of bands(height, 100_000 / width)) {
    arena.kernels.tone({
      ...band,
      source: image.address,
      target,
      width,
      height,
      tables,
      nodes,
      origin,
      across,
      down,
    });
    yield;
  }
  const bytes = new Uint8ClampedArray(width * height * 4);
  bytes.set(arena.bytes(target, width * height * 4));
  arena.release(mark);
  return bytes;
}

function* writeTables(table: Int16Array, tone: Tone | undefined): Work<void> {
  let to = 0;
  for (let red = 0; red < nodes; red++) {
    for (let green = 0; green < nodes; green++) {
      for (let blue = 0; blue < nodes; blue++, to += 8) {
        const colour = [red, green, blue].map((node) => node / (nodes - 1)) as [number, number, number];
        const before = tone && toOklab(...colour);
        for (const side of [0, 1]) {
          const after = before ? fromOklab(tone.change(before, side * 2 - 1)) : colour;
          for (const [channel, value] of after.entries()) {
            table[to + side * 4 + channel] = Math.round(value * channelMax);
          }
        }
      }
    }
    yield;
  }
}
