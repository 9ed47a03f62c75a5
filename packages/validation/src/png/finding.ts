/** One thing that a look into a picture found. */
export interface Finding {
  /**
   * What of the chunk or the file is wrong, in a word that stays the same from release to release, such as `bit_depth`.
   */
  readonly code: string;
  /** An error makes the picture invalid; a warning is something to know. */
  readonly severity: "error" | "warning";
  /** What, in a sentence for people. */
  readonly message: string;
  /** The fact at fault, such as `1200x800`. */
  readonly received: string | number;
  /** What would be right. */
  readonly allowed: string | number | readonly (string | number)[];
  /** What to do about it. */
  readonly fix: string;
  /** Where in the file, in bytes from its start. */
  readonly offset: number;
  /** The type of the chunk that it is about, such as `IDAT`; null where it is about the file. */
  readonly chunk: string | null;
  /**
   * The section of the PNG specification, third edition (https://www.w3.org/TR/png-3/), on which the finding rests, such
   * as `11.2.1`; null where it is the API's contract that asks for it.
   */
  readonly section: string | null;
}
