import type { HeadersLike } from "./merge-headers.ts";

/** What can be said of one request; it wins over what the client was made with. */
export interface RequestOptions {
  /** Headers to add; `null` removes one. */
  headers?: HeadersLike | undefined;
  /** Query parameters to add; `undefined` removes one. */
  query?: Record<string, string | undefined> | undefined;
  /** How often to try again. Default: the client's. */
  maxRetries?: number | undefined;
  /** How long an attempt may take, answer included, in milliseconds. Default: the client's. */
  timeout?: number | undefined;
  /** Ends the request when it fires. */
  signal?: AbortSignal | null | undefined;
  /** Sent as `Idempotency-Key`, the same at every attempt. */
  idempotencyKey?: string | undefined;
  /** More options for `fetch`, over the client's. */
  fetchOptions?: RequestInit | undefined;
}
