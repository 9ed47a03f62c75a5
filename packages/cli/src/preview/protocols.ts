/** A way in which a terminal shows images. Block characters are text: `blocks24` in any color, `blocks8` in 256. */
export type PreviewProtocol = "kitty" | "iterm2" | "sixel" | "blocks24" | "blocks8";

/** Pixels, row by row: red, green, blue, alpha, not premultiplied. */
export interface Raster {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}
