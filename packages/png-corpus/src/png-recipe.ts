/** A PNG that shall be made. What is left out makes an 8x8 image in truecolor. */
export interface PngRecipe {
  readonly width?: number;
  readonly height?: number;
  readonly bitDepth?: number;
  readonly colorType?: number;
  readonly compressionMethod?: number;
  readonly filterMethod?: number;
  /** 1 for Adam7. */
  readonly interlaceMethod?: number;
  /** Colors of the palette. Default: as many as the bit depth has indices, for color type 3. */
  readonly paletteEntries?: number;
  /** The filtered scanlines, in place of a pattern that uses every filter type. */
  readonly raw?: Uint8Array;
  /** The zlib stream, in place of the compressed scanlines. */
  readonly compressed?: Uint8Array;
  /** The most bytes that an IDAT chunk takes. Default: all. */
  readonly idatBytes?: number;
  /** Chunks after IHDR. */
  readonly beforePalette?: readonly Uint8Array[];
  /** Chunks before the first IDAT. */
  readonly beforeData?: readonly Uint8Array[];
  /** Chunks after the last IDAT. */
  readonly afterData?: readonly Uint8Array[];
}
