import { describeError, type ErrorFacts } from "./describe-error.ts";
import { OpenAIError } from "./openai-error.ts";

/** The request failed: the server rejected it, could not be reached, or sent a success that is not what the contract says. */
export class APIError<
  Status extends number | undefined = number | undefined,
  ResponseHeaders extends Headers | undefined = Headers | undefined,
  Body extends object | undefined = object | undefined,
> extends OpenAIError {
  /** The HTTP status of the response; undefined without a response. */
  declare readonly status: Status;
  /** The response's headers. */
  declare readonly headers: ResponseHeaders;
  /** The `error` object of the response's envelope. */
  declare readonly error: Body;
  /** A stable word for the cause, if the server sends one. */
  declare readonly code: string | null | undefined;
  /** The parameter at fault, if the server names it. */
  declare readonly param: string | null | undefined;
  /** The class of the error, such as `invalid_request_error`. */
  declare readonly type: string | undefined;
  /** The response's `x-request-id`: quote it in a bug report. */
  declare readonly requestID: string | null | undefined;

  constructor(
    status: Status,
    error: Body,
    message: string | undefined,
    headers: ResponseHeaders,
    { message: said, code, param, type }: ErrorFacts = describeError(error),
  ) {
    // In the form of the official SDK: programs match on it.
    const text = said || quote(error) || message;
    super(status ? `${status} ${text || "status code (no body)"}` : text || "(no status code or body)");
    Object.assign(this, { status, headers, error, code, param, type, requestID: headers?.get("x-request-id") });
  }

  /** The error of the class that belongs to a status. `body` is the response's JSON, the envelope; `message` its text if it is not JSON. */
  static generate(
    status: number | undefined,
    body: object | undefined,
    message: string | undefined,
    headers: Headers | undefined,
  ): APIError {
    if (!status || !headers) return new APIConnectionError({ message, cause: body });
    const whole = typeof body === "object" ? body : undefined;
    const error = (whole as { error?: object } | null | undefined)?.error ?? whole;
    const StatusError: StatusErrorClass = statusErrors[status] ?? (status >= 500 ? InternalServerError : APIError);
    return new StatusError(status as never, error, message, headers, describeError(body));
  }
}

/** As JSON, or nothing if there is nothing, or if it is nested deeper than JSON can be written. */
function quote(error: object | undefined): string | undefined {
  try {
    return error && JSON.stringify((error as { message?: unknown }).message || error);
  } catch {
    return undefined;
  }
}

/** The caller's own signal ended the request. `cause` is the signal's reason. */
export class APIUserAbortError extends APIError<undefined, undefined, undefined> {
  constructor({ message, cause }: { message?: string | undefined; cause?: unknown } = {}) {
    super(undefined, undefined, message || "Request was aborted.", undefined);
    if (cause) this.cause = cause;
  }
}

/** No response: the connection could not be made, or broke. `cause` is what the runtime said. */
export class APIConnectionError extends APIError<undefined, undefined, undefined> {
  constructor({ message, cause }: { message?: string | undefined; cause?: unknown }) {
    super(undefined, undefined, message || "Connection error.", undefined);
    if (cause) this.cause = cause;
  }
}

/** No response within `timeout`. */
export class APIConnectionTimeoutError extends APIConnectionError {
  constructor({ message, cause }: { message?: string | undefined; cause?: unknown } = {}) {
    super({ message: message ?? "Request timed out.", cause });
  }
}

/** A success that is not what the contract says. The message quotes it, and `code`, `param` and `type` are the server's. */
export class UnexpectedResponseError extends APIError<number, Headers> {}

/** 400: the request breaks the contract. */
export class BadRequestError extends APIError<400, Headers> {}
/** 401: the API key is missing or unknown. */
export class AuthenticationError extends APIError<401, Headers> {}
/** 403: the key is known and may not do this. */
export class PermissionDeniedError extends APIError<403, Headers> {}
/** 404: the path or the model does not exist. */
export class NotFoundError extends APIError<404, Headers> {}
/** 409: another request stands in the way. */
export class ConflictError extends APIError<409, Headers> {}
/** 422: well formed, and yet it can't be carried out. */
export class UnprocessableEntityError extends APIError<422, Headers> {}
/** 429: too many requests. */
export class RateLimitError extends APIError<429, Headers> {}
/** 500 and above: the server failed. */
export class InternalServerError extends APIError<number, Headers> {}

type StatusErrorClass = new (
  status: never,
  error: object | undefined,
  message: string | undefined,
  headers: Headers,
  facts: ErrorFacts,
) => APIError;

const statusErrors: Readonly<Record<number, StatusErrorClass>> = {
  400: BadRequestError,
  401: AuthenticationError,
  403: PermissionDeniedError,
  404: NotFoundError,
  409: ConflictError,
  422: UnprocessableEntityError,
  429: RateLimitError,
};
