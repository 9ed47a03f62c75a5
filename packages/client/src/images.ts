import { APIPromise } from "./response/api-promise.ts";
import { checkBody } from "./request/check-body.ts";
import type { Image, ImageCreateVariationParams, ImageModel } from "./generated/schema.ts";
import type { ImagesResponse } from "./response/images-response.ts";
import { orAbort } from "./transport/or-abort.ts";
import { readImagesResponse } from "./response/read-images-response.ts";
import type { RequestOptions } from "./options/request-options.ts";
import { sendRequest } from "./request/send-request.ts";
import type { TransportResponse } from "./transport/transport.ts";
import { holdStreams } from "./uploads/hold-streams.ts";
import type { RequestContext } from "./options/with-request-options.ts";

/** The calls that take or make images. */
export class Images {
  readonly #resolve: (options: RequestOptions) => RequestContext;

  /** @param resolve The client's options as they stand, with those of a request over them. */
  constructor(resolve: (options: RequestOptions) => RequestContext) {
    this.#resolve = resolve;
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
    const opened = this.#open(body, options);
    const response = opened.then((request) => request.response);
    return new APIPromise(response, async (received) => {
      const { context } = await opened;
      return orAbort(() => readImagesResponse(received, context), context.signal);
    });
  }

  /**
   * Makes variations of an image, and resolves with the response, its body unread: what is built on its bytes begins
   * here, such as `streamVariation`.
   */
  async sendVariation(body: ImageCreateVariationParams, options?: RequestOptions | null): Promise<TransportResponse> {
    return (await this.#open(body, options)).response;
  }

  async #open(body: ImageCreateVariationParams, options: RequestOptions | null | undefined): Promise<OpenRequest> {
    // Before anything is waited for.
    holdStreams(body);
    const context = this.#resolve(options ?? {});
    const response = await orAbort(async () => {
      const checked = await checkBody(context, body);
      return sendRequest(context, "POST", "/images/variations", { ...options, body: checked });
    }, context.signal);
    return { response, context };
  }
}

/** A request, its response and its options. */
interface OpenRequest {
  readonly response: TransportResponse;
  readonly context: RequestContext;
}

/** The types of these calls, under the names that the official SDK has for them. */
export declare namespace Images {
  export { type Image, type ImageCreateVariationParams, type ImageModel, type ImagesResponse };
}
