/** What the client knows of a file among the parameters. */
export interface UploadFacts {
  /** The number of bytes that the file must stay below. */
  readonly exclusiveMaximumBytes?: number;
}
