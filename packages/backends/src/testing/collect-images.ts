import type { Backend, BackendImage, VariationRequest } from "../backend.ts";
import { drawImage } from "@image-variations/target-imitations/draw-image";

/** A request with an image of its own, and one variation of 256x256 unless it is said otherwise. */
export async function variationRequest(changes: Partial<VariationRequest> = {}): Promise<VariationRequest> {
  return { image: await drawImage({ width: 64, seed: 7 }), n: 1, size: 256, ...changes };
}

/** All images that a backend makes. */
export async function collectImages(
  backend: Backend,
  changes: Partial<VariationRequest> = {},
): Promise<BackendImage[]> {
  const images: BackendImage[] = [];
  for await (const image of backend.createVariations(await variationRequest(changes))) images.push(image);
  return images;
}

/** What a backend throws. */
export async function failureOf(backend: Backend, changes: Partial<VariationRequest> = {}): Promise<unknown> {
  try {
    await collectImages(backend, changes);
  } catch (error) {
    return error;
  }
  throw new Error("The backend made all images.");
}
