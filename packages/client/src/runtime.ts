export { type ContractClient, createClient } from "./runtime/create-contract-client.ts";
export { createMethods } from "./runtime/create-methods.ts";
export type { Contract, ContractOperation, KeyPlace, QueryStyle } from "./request/contract.ts";
export { encodeBytes } from "./request/encode-bytes.ts";
export { encodeForm } from "./request/encode-form.ts";
export { encodeJson } from "./request/encode-json.ts";
export { writeParameters } from "./request/write-parameters.ts";
export type { BodyOf, EventMethod, InputOf, Method, ResultOf, StreamMethod } from "./runtime/method-types.ts";
export { createEvents } from "./events/create-events.ts";
export { createStreams } from "./streaming/create-streams.ts";
export type { FileStream } from "./response/file-stream.ts";
export type { ServerSentEvent } from "./response/server-sent-event.ts";
export type { StreamedFile } from "./response/streamed-file.ts";
export type { RuntimeOptions } from "./options/runtime-options.ts";
export { parseContent } from "./response/parse-content.ts";
export type { FileList, ResponseFacts } from "./response/response-facts.ts";
export { encodeMultipart } from "./uploads/encode-multipart.ts";
export type { UploadFacts } from "./uploads/upload-facts.ts";
export type { RequestOptions } from "./options/request-options.ts";
export { APIPromise } from "./response/api-promise.ts";
export { toFile } from "./uploads/to-file.ts";
export type { Uploadable } from "./uploads/uploadable.ts";
export { OpenAIError } from "./errors/openai-error.ts";
export { UploadError } from "./errors/upload-error.ts";
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
