/** A file of the corpus, and what there is to find in it. */
export interface ImageFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A file that breaks one rule, and no other. */
export interface InvalidImage extends ImageFile {
  /** The code of the issue. */
  readonly code: string;
  /** The depth from which on it is found. */
  readonly depth: "header" | "structure" | "pixels";
  readonly severity: "error" | "warning";
}
