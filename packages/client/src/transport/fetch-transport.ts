import { APIConnectionError } from "../errors/api-error.ts";
import { readStream } from "../read-stream.ts";
import type { Transport, TransportAnswer } from "./transport.ts";

/** The shape of the global `fetch`, as far as this package calls it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * The transport of every runtime: `fetch`. Redirects of a body are not followed; see `with-redirects.ts`.
 *
 * @throws APIConnectionError where no answer came.
 */
export function fetchTransport(fetch: Fetch | undefined, fetchOptions: RequestInit | undefined): Transport {
  return async ({ url, method, headers, body, signal }) => {
    try {
      // Looked up at the call: at import it may not be there yet, or be replaced later by a test.
      const send = fetch ?? (globalThis.fetch as Fetch);
      const init = {
        redirect: body ? "manual" : "follow",
        ...fetchOptions,
        method,
        headers: [...headers],
        body,
        signal,
      } as RequestInit;
      return fetchAnswer(await send(url, init));
    } catch (cause) {
      throw new APIConnectionError({ cause });
    }
  };
}

/** An answer of `fetch` as the layers see it. */
export function fetchAnswer(response: Response): TransportAnswer {
  return {
    status: response.status,
    headers: response.headers,
    stream: response.body,
    chunks: () => readStream(response.body ?? new Blob().stream()),
    toResponse: () => response,
    discard: () => void response.body?.cancel().catch(() => {}),
  };
}
