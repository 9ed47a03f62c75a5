import { RequestError } from "./request-error.ts";

// The sentences are facts of the wire, because programs match on them. A test compares them with the spec's examples.

export const multipartNotParsed = (cause?: unknown): RequestError =>
  new RequestError("Could not parse multipart form.", { status: 400, cause });

export const bodyTooSlow = (): RequestError =>
  new RequestError("The request body did not arrive in time.", { status: 408 });

export const serverFailed = (cause?: unknown): RequestError =>
  new RequestError("The server had an error while processing your request.", { status: 500, cause });

export const shuttingDown = (): RequestError =>
  new RequestError("The server is shutting down. Please try again later.", {
    status: 503,
    headers: { "retry-after": "5" },
  });

export const queueUnavailable = (cause?: unknown): RequestError =>
  new RequestError("The queue of this server cannot be reached. Please try again later.", {
    status: 503,
    headers: { "retry-after": "5" },
    cause,
  });

export const tooSlow = (): RequestError => new RequestError("The server did not answer in time.", { status: 504 });

export const unknownPath = (method: string, path: string): RequestError =>
  new RequestError(`Invalid URL (${method} ${path})`, { status: 404 });

export const methodNotAllowed = (allowed: readonly string[]): RequestError =>
  new RequestError(`Only ${allowed.join(" and ")} requests are accepted.`, {
    status: 405,
    code: "method_not_supported",
    headers: { allow: allowed.join(", ") },
  });

export const unsupportedContentType = (contentType: string): RequestError => {
  const [mediaType = ""] = contentType.split(";");
  return new RequestError(
    `Unsupported content type: '${mediaType.trim()}'. This API method only accepts 'multipart/form-data' requests, ` +
      `but you specified the header 'Content-Type: ${contentType}'.`,
    { status: 400 },
  );
};

export const missingApiKey = (): RequestError =>
  new RequestError(
    "You didn't provide an API key. You need to provide your API key in an Authorization header using Bearer auth " +
      "(i.e. Authorization: Bearer YOUR_KEY).",
    { status: 401, headers: { "www-authenticate": "Bearer" } },
  );

export const invalidApiKey = (key: string): RequestError =>
  new RequestError(
    `Incorrect API key provided: ${masked(key)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
    {
      status: 401,
      code: "invalid_api_key",
      headers: { "www-authenticate": 'Bearer error="invalid_token"' },
    },
  );

/** A short text as it is; of a longer one, which may be a real key, the ends alone. */
function masked(key: string): string {
  return key.length <= 8 ? key : `${key.slice(0, 4)}${"*".repeat(Math.min(key.length - 8, 40))}${key.slice(-4)}`;
}

export const queueFull = (waiting: number, retryAfter: number): RequestError =>
  new RequestError(
    `Rate limit exceeded: ${waiting} requests are being worked on or waiting. Please try again in ${retryAfter}s.`,
    rateLimit(retryAfter),
  );

export const rateLimitExceeded = (limit: number, retryAfter: number): RequestError =>
  new RequestError(
    `Rate limit exceeded: ${limit} requests per minute are allowed. Please try again in ${retryAfter}s.`,
    rateLimit(retryAfter),
  );

function rateLimit(retryAfter: number) {
  return {
    status: 429,
    code: "rate_limit_exceeded",
    type: "requests",
    headers: { "retry-after": String(retryAfter) },
  };
}

export const hostNotAllowed = (host: string): RequestError =>
  new RequestError(
    `This server does not accept requests for the host '${host}'. Use its own address, or add the host to allowedHosts.`,
    { status: 403 },
  );

export const originNotAllowed = (origin: string): RequestError =>
  new RequestError(`Pages of '${origin}' may not call this server. Add the origin to corsOrigins.`, { status: 403 });
