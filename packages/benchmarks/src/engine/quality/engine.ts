import { createVariations, type Variation } from "@image-variations/engine";
import type { Method } from "./method.ts";

/** The engine through its public door, with a seed of its own for each image. */
export function createEngine({ tone }: { readonly tone: boolean }): Method {
  return {
    name: tone ? "engine" : "engine, tone off",
    async *vary(image, settings) {
      const variations: Variation[] = [];
      // They arrive in the order in which they are done; a sheet shows them in the order of their seeds.
      for await (const variation of createVariations(image, { ...settings, tone }))
        variations[variation.index] = variation;
      yield* variations;
    },
  };
}
