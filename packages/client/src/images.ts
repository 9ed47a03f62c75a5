import { APIPromise, type WithRequestID } from "./api-promise.ts";
import { checkWith } from "./check-with.ts";
import { refusedParameters } from "./errors/refused-parameters.ts";
import { throwIfRefused } from "./errors/throw-if-refused.ts";
import { unexpectedResponse } from "./errors/unexpected-response.ts";
import type { Image, ImageCreateVariationParams, ImageModel } from "./generated/schema.ts";
import type { ImagesResponse } from "./images-response.ts";
import { orAbort } from "./or-abort.ts";
import { readJson } from "./read-json.ts";
import type { RequestOptions } from "./request-options.ts";
import { sendRequest } from "./send-request.ts";
import type { TransportAnswer } from "./transport/transport.ts";
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
   * @throws APIError, in the class of the answer's status; APIConnectionError where there is no answer; TypeError
   *   where `image` is nothing that can be uploaded.
   */
  createVariation(body: ImageCreateVariationParams, options: RequestOptions = {}): APIPromise<ImagesResponse> {
    const context = this.#resolve(options);
    const { baseURL, maxResponseBytes, checkResponse } = context;
    const read = async (answer: TransportAnswer): Promise<WithRequestID<ImagesResponse>> => {
      let json: ImagesResponse;
      try {
        json = (await readJson(answer, maxResponseBytes)) as ImagesResponse;
      } catch (error) {
        if (!answer.again) throw error;
        return read(await throwIfRefused(await answer.again(error), baseURL));
      }
      const refuse = (message: string, issues: unknown): Error => unexpectedResponse(answer, message, issues);
      const value = await checkWith(checkResponse, json, refuse);
      return Object.defineProperty(value, "_request_id", { value: answer.headers.get("x-request-id") ?? null });
    };
    return new APIPromise(this.sendVariation(body, options, context), (answer) =>
      orAbort(() => read(answer), options.signal),
    );
  }

  /**
   * Makes variations of a picture, and resolves with the answer, its body unread: what is built on its bytes begins
   * here, such as `streamVariation`.
   *
   * @param context What holds for the request, where that is known already. Default: what the options make of it.
   */
  sendVariation(
    body: ImageCreateVariationParams,
    options: RequestOptions = {},
    context: RequestContext = this.#resolve(options),
  ): Promise<TransportAnswer> {
    return orAbort(async () => {
      const checked = await checkWith(context.validate, body, refusedParameters);
      return await sendRequest(context, "POST", "/images/variations", { ...options, body: checked });
    }, options.signal);
  }
}

/** The types of these calls, under the names that the official SDK has for them. */
export declare namespace Images {
  export { type Image, type ImageCreateVariationParams, type ImageModel, type ImagesResponse };
}
