export { ImageVariations, ImageVariations as default, ImageVariations as OpenAI } from "./image-variations.ts";
export { createClient } from "./create-client.ts";
export type { ClientOptions } from "./options/client-options.ts";
export type { ImagesResponse } from "./response/images-response.ts";
export type { RequestOptions } from "./options/request-options.ts";
export { APIPromise } from "./response/api-promise.ts";
export { toFile } from "./uploads/to-file.ts";
export { toStreamingFile, type StreamingFile } from "./uploads/to-streaming-file.ts";
export { streamVariation } from "./streaming/stream-variation.ts";
export type { StreamedImage } from "./streaming/streamed-image.ts";
export type { VariationStream } from "./streaming/variation-stream.ts";
export type { Logger, LogLevel } from "./transport/log.ts";
export type { Fetch, FetchOptions } from "./transport/fetch-transport.ts";
export type { Transport, TransportResponse, TransportLayer, TransportRequest } from "./transport/transport.ts";
export type { Uploadable } from "./uploads/uploadable.ts";
export type {
  ErrorObject,
  ErrorResponse,
  Image,
  ImageCreateVariationParams,
  ImageModel,
  InputTokensDetails,
  OutputTokensDetails,
  Usage,
} from "./generated/schema.ts";
export { OpenAIError } from "./errors/openai-error.ts";
export { UploadError } from "./errors/upload-error.ts";
export type { HeadersLike, HeaderValue } from "./transport/merge-headers.ts";
export {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  BadRequestError,
  ConflictError,
  InternalServerError,
  NotFoundError,
  PermissionDeniedError,
  RateLimitError,
  UnexpectedResponseError,
  UnprocessableEntityError,
} from "./errors/api-error.ts";
