import type { HeadersLike } from "../transport/merge-headers.ts";
import type { FetchOptions } from "../transport/fetch-transport.ts";

/** What can be said of one request; it wins over what the client was made with. */
export interface RequestOptions {
  /** Headers to add; `null` removes one. */
  headers?: HeadersLike | null | undefined;
  /** Query parameters to add: text, numbers, lists (`name[]=1`) and objects (`name[key]=1`); `undefined` removes one. */
  query?: object | null | undefined;
  /** How often to try again. Default: the client's. */
  maxRetries?: number | undefined;
  /** How long an attempt may take, response included, in milliseconds; Infinity for no limit. Default: the client's. */
  timeout?: number | undefined;
  /** Ends the request when it fires. */
  signal?: AbortSignal | null | undefined;
  /** Sent as `Idempotency-Key`, the same at every attempt. */
  idempotencyKey?: string | undefined;
  /** More options for `fetch`, over the client's. */
  fetchOptions?: FetchOptions | undefined;
}
