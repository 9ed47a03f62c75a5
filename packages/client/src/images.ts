import { APIPromise } from "./api-promise.ts";
import { checkBody } from "./check-body.ts";
import type { Image, ImageCreateVariationParams, ImageModel } from "./generated/schema.ts";
import type { ImagesResponse } from "./images-response.ts";
import { orAbort } from "./or-abort.ts";
import { readImagesResponse } from "./read-images-response.ts";
import type { RequestOptions } from "./request-options.ts";
import { sendRequest } from "./send-request.ts";
import type { TransportAnswer } from "./transport/transport.ts";
import { holdStreams } from "./uploads/hold-streams.ts";
import type { RequestContext } from "./with-request-options.ts";

/** The calls that take or make pictures. */
export class Images {
  readonly #resolve: (options: RequestOptions) => RequestContext;

  /** @param resolve The client's options as they stand, with those of a request over them. */
  constructor(resolve: (options: RequestOptions) => RequestContext) {
    this.#resolve = resolve;
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
   * @throws APIError, in the class of the response's status; APIConnectionError if there is no response; TypeError if
   *   `image` is not a file, UploadError if it can't be read, is empty or too large.
   */
  createVariation(body: ImageCreateVariationParams, options?: RequestOptions | null): APIPromise<ImagesResponse> {
    const opened = this.#open(body, options);
    const answer = opened.then((request) => request.answer);
    return new APIPromise(answer, async (answered) => {
      const { context } = await opened;
      return orAbort(() => readImagesResponse(answered, context), context.signal);
    });
  }

  /**
   * Makes variations of a picture, and resolves with the answer, its body unread: what is built on its bytes begins
   * here, such as `streamVariation`.
   */
  async sendVariation(body: ImageCreateVariationParams, options?: RequestOptions | null): Promise<TransportAnswer> {
    return (await this.#open(body, options)).answer;
  }

  async #open(body: ImageCreateVariationParams, options: RequestOptions | null | undefined): Promise<OpenRequest> {
    // Before anything is waited for.
    holdStreams(body);
    const context = this.#resolve(options ?? {});
    const answer = await orAbort(async () => {
      const checked = await checkBody(context, body);
      return sendRequest(context, "POST", "/images/variations", { ...options, body: checked });
    }, context.signal);
    return { answer, context };
  }
}

/** A request that was answered, with what holds for it. */
interface OpenRequest {
  readonly answer: TransportAnswer;
  readonly context: RequestContext;
}

/** The types of these calls, under the names that the official SDK has for them. */
export declare namespace Images {
  export { type Image, type ImageCreateVariationParams, type ImageModel, type ImagesResponse };
}
