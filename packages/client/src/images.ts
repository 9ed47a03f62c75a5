import { APIPromise } from "./api-promise.ts";
import type { Image, ImageCreateVariationParams, ImageModel } from "./generated/schema.ts";
import type { ImagesResponse } from "./images-response.ts";
import { readJson } from "./read-json.ts";
import type { RequestOptions } from "./request-options.ts";

/** Makes a request of an operation and resolves with the answer, or rejects with the error that the answer means. */
export type Send = (method: string, path: string, body: object, options: RequestOptions) => Promise<Response>;

/** The calls that take or make pictures. */
export class Images {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Makes variations of a picture.
   *
   * @example
   * ```ts
   * const imagesResponse = await client.images.createVariation({
   *   image: fs.createReadStream("otter.png"),
   * });
   * ```
   *
   * @throws APIError, in the class of the answer's status; APIConnectionError where there is no answer; TypeError
   *   where `image` is nothing that can be uploaded.
   */
  createVariation(body: ImageCreateVariationParams, options: RequestOptions = {}): APIPromise<ImagesResponse> {
    return new APIPromise(this.#send("POST", "/images/variations", body, options), readJson<ImagesResponse>);
  }
}

/** The types of these calls, under the names that the official SDK has for them. */
export declare namespace Images {
  export { type Image, type ImageCreateVariationParams, type ImageModel, type ImagesResponse };
}
