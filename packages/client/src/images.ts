import type { Image, ImageCreateVariationParams, ImageModel } from "./generated/schema.ts";
import type { ResolvedOptions } from "./options/client-options.ts";
import type { RequestOptions } from "./options/request-options.ts";
import { sendVariation } from "./request/send-variation.ts";
import { APIPromise } from "./response/api-promise.ts";
import type { ImagesResponse } from "./response/images-response.ts";
import { readImagesResponse } from "./response/read-images-response.ts";
import { orAbort } from "./transport/or-abort.ts";

/** The calls that take or make images. */
export class Images {
  readonly #client: ResolvedOptions;

  /** @param client Its options are read at every call. */
  constructor(client: ResolvedOptions) {
    this.#client = client;
  }

  /**
   * Makes variations of an image.
   *
   * @example
   * ```ts
   * const imagesResponse = await client.images.createVariation({
   *   image: fs.createReadStream("otter.png"),
   * });
   * ```
   *
   * @throws APIError, in the class of the response's status; APIConnectionError if there is no response; TypeError if
   *   `image` is not a file, UploadError if it can't be read, is empty or too large.
   */
  createVariation(body: ImageCreateVariationParams, options?: RequestOptions | null): APIPromise<ImagesResponse> {
    const sent = sendVariation(this.#client, body, options ?? {});
    const response = sent.then(({ exchange }) => exchange.response);
    return new APIPromise(response, async () => {
      const { context, exchange } = await sent;
      return orAbort(() => readImagesResponse(exchange, context), context.signal);
    });
  }
}

/** The types of these calls, under the names that the official SDK has for them. */
export declare namespace Images {
  export { type Image, type ImageCreateVariationParams, type ImageModel, type ImagesResponse };
}
