import type { PixelImage } from "@image-variations/engine";

/** One run of a method. */
export interface Settings {
  readonly n: number;
  readonly strength: number;
  readonly seed: number;
  /** Side of the square variations in pixels. */
  readonly size: number;
}

/** Something that makes variations, and is measured. */
export interface Method {
  readonly name: string;
  readonly vary: (image: PixelImage, settings: Settings) => AsyncIterable<PixelImage>;
}
