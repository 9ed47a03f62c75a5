import type { ResolvedOptions } from "./client-options.ts";
import type { RequestOptions } from "./request-options.ts";

/** The client's options as they stand, with those of a request over them. */
export function withRequestOptions(
  client: ResolvedOptions,
  { timeout, maxRetries, fetchOptions }: RequestOptions,
): ResolvedOptions {
  return {
    ...client,
    timeout: timeout ?? client.timeout,
    maxRetries: maxRetries ?? client.maxRetries,
    fetchOptions: { ...client.fetchOptions, ...fetchOptions },
  };
}
