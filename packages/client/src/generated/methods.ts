// Generated from specs/image-variations.yaml. Do not edit: change the spec and run `pnpm generate`.

import type { RequestOptions } from "../options/request-options.ts";
import type { APIPromise } from "../response/api-promise.ts";
import type { ImageCreateVariationParams, ImagesResponse } from "./schema.ts";

/** The methods of `client.images`. */
export interface ImagesMethods {
  /**
   * Makes `n` variations of an image, and returns them as URLs or as base64.
   *
   * @example
   * ```ts
   * await client.images.createVariation({ image });
   * ```
   *
   * @throws APIError, in the class of the response's status; APIConnectionError if there is no response;
   *   UnexpectedResponseError if a success is not what the contract says; TypeError if a value is not a file,
   *   UploadError if it can't be read, is empty or too large.
   */
  createVariation(body: ImageCreateVariationParams, options?: RequestOptions | null): APIPromise<ImagesResponse>;
}

/** What the client has by its contract. */
export interface Methods {
  readonly images: ImagesMethods;
}
