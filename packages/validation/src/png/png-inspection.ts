import type { Issue } from "../issue.ts";
import type { ImageSource } from "../sources/image-source.ts";

/** The fields of the IHDR chunk (section 11.2.1). */
export interface PngHeader {
  /** In pixels. */
  readonly width: number;
  /** In pixels. */
  readonly height: number;
  /** Bits per sample, or per palette index. */
  readonly bitDepth: number;
  /** 0 greyscale, 2 truecolor, 3 indexed, 4 greyscale with alpha, 6 truecolor with alpha. */
  readonly colorType: number;
  /** Whether the pixels are stored in the seven passes of Adam7. */
  readonly interlaced: boolean;
}

/** The result of an inspection. The fields of IHDR are null if it can't be read. */
export interface PngInspection extends Nullable<PngHeader> {
  /** Whether the image can be sent: false if any issue is an error. */
  readonly valid: boolean;
  /** The size of the file in bytes; null for a stream that was not read to its end. */
  readonly byteLength: number | null;
  /** The first hundred issues, warnings included, in the order of their discovery. */
  readonly issues: readonly Issue[];
  /** The number of all errors, beyond the first hundred issues too. */
  readonly errorCount: number;
  /** The number of all warnings, beyond the first hundred issues too. */
  readonly warningCount: number;
  /**
   * What to read the image from now: the source itself or, as a stream is read only once, its bytes. For a stream that
   * was not read to its end it is a stream again, from the start: read it or cancel it.
   */
  readonly source: ImageSource;
}

type Nullable<Fields> = { readonly [Name in keyof Fields]: Fields[Name] | null };
