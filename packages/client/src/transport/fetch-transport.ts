import { APIConnectionError, APIUserAbortError } from "../errors/api-error.ts";
import type { Transport } from "./transport.ts";

/** The shape of the global `fetch`, as far as this package calls it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * The innermost transport: `fetch`.
 *
 * @throws APIUserAbortError where the signal fired, APIConnectionError where no answer came.
 */
export function fetchTransport(fetch: Fetch | undefined, fetchOptions: RequestInit | undefined): Transport {
  return async ({ url, method, headers, body, signal }) => {
    try {
      // Looked up at the call: at import it may not be there yet, or be replaced later by a test.
      const send = fetch ?? (globalThis.fetch as Fetch);
      return await send(url, { ...fetchOptions, method, headers, ...(body && { body }), ...(signal && { signal }) });
    } catch (cause) {
      throw signal?.aborted ? new APIUserAbortError() : new APIConnectionError({ cause });
    }
  };
}
