/** What the client knows of an operation at run time. Generated from the spec into `generated/operations.ts`. */
export interface OperationFacts {
  /** Names of the security schemes of which the operation needs one. */
  readonly security: readonly string[];
  /** The media type of the body; absent without a body. */
  readonly requestMediaType?: string;
  /** The body's properties that are files. */
  readonly uploads: Readonly<Record<string, UploadFacts>>;
  /** The largest values of the body's numbers, as far as they are limited. */
  readonly maxima: Readonly<Record<string, number>>;
}

/** What the client knows of a file among the parameters. */
export interface UploadFacts {
  /** The number of bytes that the file must stay below. */
  readonly exclusiveMaximumBytes?: number;
}
