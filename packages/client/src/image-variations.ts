import { type ClientOptions, type ResolvedOptions, resolveOptions } from "./client-options.ts";
import { createTransport } from "./create-transport.ts";
import * as errors from "./errors/api-error.ts";
import { throwIfRefused } from "./errors/throw-if-refused.ts";
import { OpenAIError } from "./errors/openai-error.ts";
import type { Image, ImageCreateVariationParams, ImageModel } from "./generated/schema.ts";
import { Images as ImagesResource } from "./images.ts";
import type { ImagesResponse } from "./images-response.ts";
import { prepareRequest } from "./prepare-request.ts";
import type { RequestOptions } from "./request-options.ts";
import type { Uploadable } from "./uploads/uploadable.ts";

/**
 * The client. A drop-in for the official SDK's `OpenAI` where `images.createVariation` is called.
 *
 * @example
 * ```ts
 * import OpenAI from "@image-variations/client";
 *
 * const client = new OpenAI({ apiKey: process.env["OPENAI_API_KEY"] });
 * ```
 */
export class ImageVariations {
  static readonly OpenAIError: typeof OpenAIError = OpenAIError;
  static readonly APIError: typeof errors.APIError = errors.APIError;
  static readonly APIConnectionError: typeof errors.APIConnectionError = errors.APIConnectionError;
  static readonly APIConnectionTimeoutError: typeof errors.APIConnectionTimeoutError = errors.APIConnectionTimeoutError;
  static readonly APIUserAbortError: typeof errors.APIUserAbortError = errors.APIUserAbortError;
  static readonly BadRequestError: typeof errors.BadRequestError = errors.BadRequestError;
  static readonly AuthenticationError: typeof errors.AuthenticationError = errors.AuthenticationError;
  static readonly PermissionDeniedError: typeof errors.PermissionDeniedError = errors.PermissionDeniedError;
  static readonly NotFoundError: typeof errors.NotFoundError = errors.NotFoundError;
  static readonly ConflictError: typeof errors.ConflictError = errors.ConflictError;
  static readonly UnprocessableEntityError: typeof errors.UnprocessableEntityError = errors.UnprocessableEntityError;
  static readonly RateLimitError: typeof errors.RateLimitError = errors.RateLimitError;
  static readonly InternalServerError: typeof errors.InternalServerError = errors.InternalServerError;
  static readonly UnexpectedResponseError: typeof errors.UnexpectedResponseError = errors.UnexpectedResponseError;
  static {
    // Its type comes from the namespace below, which can't be merged with a static of the same name.
    Object.assign(this, { Images: ImagesResource });
  }

  /** Where requests go. */
  readonly baseURL: string;
  /** The calls that take or make pictures. */
  readonly images: ImagesResource;
  readonly #options: ResolvedOptions;

  /** @throws OpenAIError where there is no API key. */
  constructor(options: ClientOptions = {}) {
    this.#options = resolveOptions(options);
    this.baseURL = this.#options.baseURL;
    this.images = new ImagesResource((...call) => this.#send(...call));
  }

  async #send(method: string, path: string, body: object, options: RequestOptions): Promise<Response> {
    const resolved: ResolvedOptions = {
      ...this.#options,
      timeout: options.timeout ?? this.#options.timeout,
      fetchOptions: { ...this.#options.fetchOptions, ...options.fetchOptions },
    };
    const request = await prepareRequest(resolved, method, path, { ...options, body });
    return throwIfRefused(await createTransport(resolved)(request));
  }
}

/** The types of the client, under the names that the official SDK has for them. */
export declare namespace ImageVariations {
  export {
    type ClientOptions,
    type Image,
    type ImageCreateVariationParams,
    type ImageModel,
    ImagesResource as Images,
    type ImagesResponse,
    type RequestOptions,
    type Uploadable,
  };
}
