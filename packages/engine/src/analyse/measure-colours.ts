import { channelMax } from "../kernels/kernels.ts";
import type { Arena, Raster } from "../kernels/arena.ts";
import { cos, sin } from "../numbers/elementary.ts";
import { resample } from "../transform/resample.ts";
import { toOklab, type Oklab } from "../tone/oklab.ts";
import type { Work } from "../work/work.ts";
import { gridSize } from "./grid.ts";

export interface Colours {
  /** The mean lightness in OKLab, of what is not transparent. */
  readonly meanLightness: number;
  /** How far all hues may turn either way, in radians. */
  readonly hueRoom: { readonly back: number; readonly forth: number };
}

const sectors = 72;
const degree = Math.PI / 180;
const fullTurn = 2 * Math.PI;
/** Warm hues, from red to yellow, look ill as they turn green, and odd as they turn magenta. */
const warm = { first: 0, last: 106 };
/** A dark orange is brown, and what lies between brown and green is olive: dark hues may not turn so far. */
const dark = { lightness: 0.65, last: 66 };
/** Hues with less of the image's colour than this don't count. */
const noticeable = 0.02;

/** What the colours of the image are, for those who change them. */
export function* measureColours(arena: Arena, image: Raster): Work<Colours> {
  const mark = arena.mark();
  const size = gridSize(image, 48 * 48, 4);
  const pixels = arena.pixels(yield* resample(arena, image, size.width, size.height)).slice();
  arena.release(mark);

  const { hues, darkHues, chroma, meanLightness } = sumHues(pixels);
  const noticed = noticeable * chroma;
  const { first, last } = warmRange(hues, noticed);
  const { last: lastDark } = warmRange(darkHues, noticed);
  return {
    meanLightness,
    hueRoom: {
      back: first === undefined ? fullTurn : (first + 18 - warm.first) * degree,
      forth: Math.min(
        last === undefined ? fullTurn : (warm.last - last) * degree,
        // What is olive already may stay so.
        lastDark === undefined ? fullTurn : Math.max(0, dark.last - lastDark) * degree,
      ),
    },
  };
}

interface HueSums {
  /** How much colour there is in each sector of hues, and in its darker part. */
  readonly hues: Float64Array;
  readonly darkHues: Float64Array;
  /** The sum of {@link hues}. */
  readonly chroma: number;
  readonly meanLightness: number;
}

function sumHues(pixels: Int16Array): HueSums {
  const hues = new Float64Array(sectors);
  const darkHues = new Float64Array(sectors);
  let chromaSum = 0;
  let lightness = 0;
  let opacity = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const alpha = pixels[at + 3] ?? 0;
    if (alpha === 0) continue;
    const channel = (offset: number): number => Math.min(1, (pixels[at + offset] ?? 0) / alpha);
    const colour = toOklab(channel(0), channel(1), channel(2));
    const weight = alpha / channelMax;
    lightness += colour.lightness * weight;
    opacity += weight;
    const chroma = Math.sqrt(colour.a * colour.a + colour.b * colour.b);
    if (chroma < 0.02) continue;
    const sector = nearestSector(colour);
    hues[sector] = (hues[sector] ?? 0) + chroma * weight;
    if (colour.lightness < dark.lightness) darkHues[sector] = (darkHues[sector] ?? 0) + chroma * weight;
    chromaSum += chroma * weight;
  }
  return { hues, darkHues, chroma: chromaSum, meanLightness: opacity === 0 ? 0 : lightness / opacity };
}

const directions = Array.from({ length: sectors }, (_, sector) => {
  const angle = ((sector + 0.5) * 2 * Math.PI) / sectors;
  return { x: cos(angle), y: sin(angle) };
});

/** The sector whose middle points most in the colour's direction. */
function nearestSector({ a, b }: Oklab): number {
  let nearest = 0;
  let most = -Infinity;
  for (const [sector, { x, y }] of directions.entries()) {
    const along = a * x + b * y;
    if (along <= most) continue;
    most = along;
    nearest = sector;
  }
  return nearest;
}

/** The first and the last warm hue that is noticed, in degrees. */
function warmRange(hues: Float64Array, noticed: number): { first?: number; last?: number } {
  const sectorWidth = 360 / sectors;
  const warmHues = [...hues.entries()]
    .filter(([, share]) => share > 0 && share >= noticed)
    .map(([sector]) => (sector + 0.5) * sectorWidth)
    .filter((hue) => hue >= warm.first && hue <= warm.last);
  const [first] = warmHues;
  const last = warmHues.at(-1);
  return first === undefined || last === undefined ? {} : { first, last };
}
