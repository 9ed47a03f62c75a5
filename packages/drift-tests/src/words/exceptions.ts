/** A text that keeps a replaced word, because others match on it or named it. */
export interface VocabularyException {
  readonly because: string;
  /** A pattern of paths from the root. */
  readonly files: string;
  readonly text: RegExp;
}

/** Texts of others, and texts that programs match on. */
export const exceptions: readonly VocabularyException[] = [
  {
    because: "a message on the wire, on which programs match",
    files: "{specs/image-variations.yaml,packages/server/src/**/*.ts}",
    text: /The server did not answer in time\./g,
  },
];
