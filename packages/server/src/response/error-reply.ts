import type { BackendError } from "@image-variations/backends";

import { RequestError } from "../errors/request-error.ts";
import { serverFailed } from "../errors/wire-errors.ts";
import { jsonReply, type Reply } from "./reply.ts";
import type { ErrorResponse } from "./schema.ts";

/** Any error as what its caller reads. An unexpected error is a 500 that does not show its cause. */
export function toRequestError(error: unknown): RequestError {
  if (error instanceof RequestError) return error;
  if (!isBackendError(error)) return serverFailed(error);
  const { message, status, code, type, param, retryAfter } = error;
  const headers = retryAfter === undefined ? {} : { "retry-after": String(Math.max(0, Math.ceil(retryAfter))) };
  return new RequestError(message, { status, code, type, param, headers, cause: error });
}

/** The contract's envelope, with the keys in the order of the wire. */
export function errorReply({ status, code, message, param, type, headers }: RequestError): Reply {
  const envelope: ErrorResponse = { error: { code, message, param, type } };
  return jsonReply(status, envelope, headers);
}

/** By its fields, as two copies of the package, or a user's own class, are backend errors too. */
function isBackendError(error: unknown): error is BackendError {
  const { name, status = Number.NaN } = (error ?? {}) as Partial<BackendError>;
  return name === "BackendError" && Number.isInteger(status) && status >= 400 && status <= 599;
}
