import { OpenAIError } from "../errors/openai-error.ts";
import { mergeHeaders } from "./merge-headers.ts";
import { readStream } from "./read-stream.ts";
import { connectionError } from "./connection-error.ts";
import { requestLine } from "../errors/request-line.ts";
import type { Transport, TransportResponse } from "./transport.ts";

/** The shape of the global `fetch`, as far as this package calls it. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** What runtimes and other implementations of `fetch` take beside the standard's options. */
type RuntimeOption = "agent" | "cf" | "client" | "dispatcher" | "next" | "proxy" | "tls" | "unix" | "verbose";

/**
 * Options for `fetch`: the standard's, and those of runtimes: `dispatcher` (undici and Node), `client` (Deno), `proxy`,
 * `tls`, `unix` and `verbose` (Bun), `cf` (Workers), `next` (Next.js), `agent` (node-fetch). Method, body and headers
 * are the client's: a request's headers are an option of their own.
 */
export type FetchOptions = Omit<RequestInit, RuntimeOption | "body" | "headers" | "method"> & {
  [Option in RuntimeOption]?: unknown;
};

/**
 * The transport of every runtime: `fetch`. Redirects of a body are not followed; see `with-redirects.ts`.
 *
 * @throws APIConnectionError if no response came, OpenAIError if the runtime can't make such a request.
 */
export function fetchTransport(fetch: Fetch | undefined, fetchOptions: FetchOptions | undefined): Transport {
  return async (request) => {
    const { url, method, headers, body, signal, credentials, redirect } = request;
    const init = {
      redirect: body ? "manual" : "follow",
      ...fetchOptions,
      ...(redirect && { redirect }),
      ...(credentials && { credentials }),
      method,
      headers: new Headers([...headers]),
      body,
      signal,
    } as RequestInit;
    try {
      // Looked up at the call: at import it may not be there yet, or be replaced later by a test.
      const send = fetch ?? (globalThis.fetch as Fetch);
      return fetchResponse(await send(url, init));
    } catch (cause) {
      checkRequest(url, { ...init, signal: null }, requestLine(request));
      throw connectionError(request, cause);
    }
  };
}

/** Says of a request that could never be sent that it is wrong, and not the connection. */
function checkRequest(url: string, init: RequestInit, line: string): void {
  try {
    if (globalThis.Request) void new Request(url, init);
  } catch (cause) {
    throw new OpenAIError(`Invalid request: ${(cause as Error).message} (${line})`, { cause });
  }
}

/** What the bodies of other libraries' responses can do: Node streams, and none at all. */
interface AnyBody extends Partial<ReadableStream<Uint8Array>> {
  destroy?(): void;
}

/** A response of `fetch` as the layers see it. */
export function fetchResponse(response: Response): TransportResponse {
  const body = response.body as AnyBody | null | undefined;
  // Doubles of tests often have `json()` and no more.
  const { status = response.ok ? 200 : 500, headers } = response as Partial<Response>;
  return {
    status,
    headers: headers?.get ? headers : mergeHeaders({ "content-type": "application/json" }, headers),
    stream: response.body,
    chunks: () =>
      body?.getReader
        ? readStream(body as ReadableStream<Uint8Array>)
        : ((body as AsyncIterable<Uint8Array> | null | undefined) ?? wholeBody(response)),
    toResponse: () => response,
    discard: () => {
      // A body that is locked is being given up already.
      if (body?.cancel) void body.cancel().catch(() => {});
      else body?.destroy?.();
    },
  };
}

/** The body of a response without a stream, as React Native's and the doubles of tests are. */
async function* wholeBody(response: Partial<Response>): AsyncGenerator<Uint8Array, undefined> {
  if (response.arrayBuffer) yield new Uint8Array(await response.arrayBuffer());
  else yield new TextEncoder().encode(response.text ? await response.text() : JSON.stringify(await response.json?.()));
}
