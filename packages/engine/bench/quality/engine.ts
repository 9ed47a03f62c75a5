import { createVariations } from "@image-variations/engine";
import type { Method } from "./method.ts";

/** The engine through its public door, with a seed of its own for each image. */
export function createEngine({ tone }: { readonly tone: boolean }): Method {
  return {
    name: tone ? "engine" : "engine, tone off",
    async *vary(image, settings) {
      for await (const variation of createVariations(image, { ...settings, tone })) yield variation;
    },
  };
}
