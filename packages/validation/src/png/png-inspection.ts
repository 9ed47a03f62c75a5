import type { ImageSource } from "../image-source.ts";
import type { PngHeader } from "./check-header.ts";
import type { Finding } from "./finding.ts";

/** What a look into a picture has shown. What IHDR would say is null where there is no IHDR to read. */
export interface PngInspection extends Nullable<PngHeader> {
  /** Whether the picture can be sent: false where any finding is an error. */
  readonly valid: boolean;
  /** The size of the file; null for a stream that was not read to its end. */
  readonly byteLength: number | null;
  /** All that was found, in the order of its discovery; the first hundred, when there is more. */
  readonly findings: readonly Finding[];
  /** How many errors there are, those beyond the first hundred findings included. */
  readonly errorCount: number;
  /** How many warnings there are, those beyond the first hundred findings included. */
  readonly warningCount: number;
  /**
   * What to read the picture from after this: the source itself, or, where the source is a stream, which is read only
   * once, the bytes. Of a stream that was not read to its end it is a stream again, which begins at the beginning:
   * read it or cancel it.
   */
  readonly source: ImageSource;
}

type Nullable<Fields> = { readonly [Name in keyof Fields]: Fields[Name] | null };
