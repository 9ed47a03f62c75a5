import * as errors from "./errors/api-error.ts";
import { OpenAIError } from "./errors/openai-error.ts";
import { UploadError } from "./errors/upload-error.ts";
import { contract } from "./generated/contract.ts";
import type { Methods } from "./generated/methods.ts";
import type { Image, ImageCreateVariationParams, ImageModel } from "./generated/schema.ts";
import { groups, Images as ImagesResource } from "./images.ts";
import { type ClientOptions, type ResolvedClientOptions, resolveClientOptions } from "./options/client-options.ts";
import type { RequestOptions } from "./options/request-options.ts";
import { defaultTimeout } from "./options/runtime-options.ts";
import type { ImagesResponse } from "./response/images-response.ts";
import { toFile } from "./uploads/to-file.ts";
import { toStreamingFile } from "./uploads/to-streaming-file.ts";
import type { Uploadable } from "./uploads/uploadable.ts";

/**
 * The client. A drop-in for the official SDK's `OpenAI` for programs that call `images.createVariation`.
 *
 * @example
 * ```ts
 * import OpenAI from "@image-variations/client";
 *
 * const client = new OpenAI({ apiKey: process.env["OPENAI_API_KEY"] });
 * ```
 */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- the constructor assigns every option
export class ImageVariations {
  declare static readonly OpenAIError: typeof OpenAIError;
  declare static readonly APIError: typeof errors.APIError;
  declare static readonly APIConnectionError: typeof errors.APIConnectionError;
  declare static readonly APIConnectionTimeoutError: typeof errors.APIConnectionTimeoutError;
  declare static readonly APIUserAbortError: typeof errors.APIUserAbortError;
  declare static readonly BadRequestError: typeof errors.BadRequestError;
  declare static readonly AuthenticationError: typeof errors.AuthenticationError;
  declare static readonly PermissionDeniedError: typeof errors.PermissionDeniedError;
  declare static readonly NotFoundError: typeof errors.NotFoundError;
  declare static readonly ConflictError: typeof errors.ConflictError;
  declare static readonly UnprocessableEntityError: typeof errors.UnprocessableEntityError;
  declare static readonly RateLimitError: typeof errors.RateLimitError;
  declare static readonly InternalServerError: typeof errors.InternalServerError;
  declare static readonly UnexpectedResponseError: typeof errors.UnexpectedResponseError;
  declare static readonly UploadError: typeof UploadError;
  /** How long an attempt may take, in milliseconds, unless the caller says otherwise. */
  declare static readonly DEFAULT_TIMEOUT: number;
  declare static readonly toFile: typeof toFile;
  declare static readonly toStreamingFile: typeof toStreamingFile;
  static {
    // In one go, which is smaller. The type of `Images` is that of the namespace below.
    Object.assign(this, {
      OpenAIError,
      APIError: errors.APIError,
      APIConnectionError: errors.APIConnectionError,
      APIConnectionTimeoutError: errors.APIConnectionTimeoutError,
      APIUserAbortError: errors.APIUserAbortError,
      BadRequestError: errors.BadRequestError,
      AuthenticationError: errors.AuthenticationError,
      PermissionDeniedError: errors.PermissionDeniedError,
      NotFoundError: errors.NotFoundError,
      ConflictError: errors.ConflictError,
      UnprocessableEntityError: errors.UnprocessableEntityError,
      RateLimitError: errors.RateLimitError,
      InternalServerError: errors.InternalServerError,
      UnexpectedResponseError: errors.UnexpectedResponseError,
      UploadError,
      DEFAULT_TIMEOUT: defaultTimeout,
      toFile,
      toStreamingFile,
      Images: ImagesResource,
    });
  }

  /** The calls that take or make images. */
  declare readonly images: ImagesResource;

  /** @throws OpenAIError if the API key is missing, or an option is invalid. */
  constructor(options?: ClientOptions | null) {
    Object.assign(this, resolveClientOptions(options ?? {}, contract.baseURL));
    for (const [name, Group] of Object.entries({ ...groups, images: ImagesResource })) {
      // Not among the options when they are copied.
      Object.defineProperty(this, name, { value: new Group(this) });
    }
  }

  /** A client with the same options, but for those that are given. */
  withOptions(options: ClientOptions): this {
    return new (this.constructor as new (options: ClientOptions) => this)({ ...this, ...options });
  }
}

/** The client's options are its own properties, which can be assigned to at any time; its methods are the contract's. */
export interface ImageVariations extends ResolvedClientOptions, Omit<Methods, "images"> {}

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
