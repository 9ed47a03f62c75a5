import type * as schema from "./generated/schema.ts";

/** The pictures that were made. */
export interface ImagesResponse extends schema.ImagesResponse {}

/** The parts of an answer, under the names that the official SDK has for them. */
export declare namespace ImagesResponse {
  /** The tokens that were spent; only from models that count them. */
  export type Usage = schema.Usage;
  export namespace Usage {
    /** The input's tokens by kind. */
    export type InputTokensDetails = schema.InputTokensDetails;
    /** The output's tokens by kind. */
    export type OutputTokensDetails = schema.OutputTokensDetails;
  }
}
