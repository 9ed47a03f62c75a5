import { clamp01 } from "../analyse/grid.ts";
import { cos, exp, pow, sin } from "../numbers/elementary.ts";
import { createRandom, spread, spreadSteps } from "../numbers/random.ts";
import type { Oklab } from "./oklab.ts";

/** A change of light and colour. */
export interface Tone {
  /** @param light From −1 to 1: on which side of the light's gradient. */
  readonly change: (colour: Oklab, light: number) => Oklab;
  /** The direction in which it gets lighter, in radians. */
  readonly direction: number;
}

export interface ToneOptions {
  readonly seed: number;
  /** From 0 (none); 1.3 is much, and 2 the most that is wise. */
  readonly amount: number;
  /** The least share of that amount by which light changes, 0 to 1: 0 lets some variations keep it nearly as it is. */
  readonly least: number;
  readonly graphics: number;
  readonly uniformBorder: boolean;
  readonly meanLightness: number;
  /** How far hues may turn either way, in radians, before a common colour looks wrong. */
  readonly hueRoom: { readonly back: number; readonly forth: number };
}

export function chooseTone(options: ToneOptions): Tone {
  const { seed, amount, least, graphics, uniformBorder, meanLightness, hueRoom } = options;
  const random = createRandom(seed, 4242);
  const lightness = spread(seed, spreadSteps.light) * 2 - 1;
  const outward = least + (1 - least) * Math.abs(lightness);
  const gamma = exp((lightness < 0 ? -outward : outward) * 0.25 * amount);
  const contrast = 1 + random.gaussian() * 0.09 * amount;
  const direction = random.between(0, 2 * Math.PI);
  const gradient = uniformBorder ? 0 : random.between(0.02 + 0.1 * least, 0.16) * amount * (1 - graphics);
  const saturation = exp(random.gaussian() * 0.15 * amount);
  const turn = (spread(seed, spreadSteps.hue) * 2 - 1) * (0.1 + 0.42 * graphics) * amount;
  const hue = Math.max(-hueRoom.back, Math.min(hueRoom.forth, turn));
  const warmth = random.gaussian() * 0.012 * amount;
  const cosine = cos(hue);
  const sine = sin(hue);
  const pivot = pow(meanLightness, gamma);
  return {
    direction,
    change: (colour, light) => {
      const curved = pow(clamp01(colour.lightness), gamma);
      const lit = (pivot + (curved - pivot) * contrast) * (1 + gradient * light);
      // Paper and backgrounds that are nearly white stay as they are.
      const chroma = colour.a * colour.a + colour.b * colour.b;
      const share = 1 - clamp01((colour.lightness - 0.9) / 0.08) * clamp01(1 - chroma / 0.0016);
      const a = colour.a * saturation;
      const b = colour.b * saturation;
      const result = colour.lightness + (lit - colour.lightness) * share;
      return {
        lightness: result,
        a: a * cosine - b * sine + share * warmth * 0.35 * result,
        b: a * sine + b * cosine + share * warmth * result,
      };
    },
  };
}
