import type { ResolvedOptions } from "./client-options.ts";
import type { RequestOptions } from "./request-options.ts";

/** All that holds for one request. */
export interface RequestContext extends ResolvedOptions {
  readonly signal?: RequestOptions["signal"];
}

/** The client's options as they stand, with those of a request over them. */
export function withRequestOptions(
  client: ResolvedOptions,
  { timeout, maxRetries, fetchOptions, signal }: RequestOptions,
): RequestContext {
  return {
    ...client,
    timeout: timeout ?? client.timeout,
    maxRetries: maxRetries ?? client.maxRetries,
    fetchOptions: { ...client.fetchOptions, ...fetchOptions },
    signal,
  };
}
