import type * as schema from "../generated/schema.ts";

/** The images that were made. */
export interface ImagesResponse extends schema.ImagesResponse {}

/**
 * The parts of a response, under the names that the official SDK has for them. They are written as places in the response,
 * because a bundler of declarations that flattens modules would make `type Usage = schema.Usage` refer to itself.
 */
export declare namespace ImagesResponse {
  /** The tokens that were spent; only from models that count them. */
  export type Usage = NonNullable<ImagesResponse["usage"]>;
  export namespace Usage {
    /** The input's tokens by kind. */
    export type InputTokensDetails = Usage["input_tokens_details"];
    /** The output's tokens by kind. */
    export type OutputTokensDetails = NonNullable<Usage["output_tokens_details"]>;
  }
}
