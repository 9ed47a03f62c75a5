import type { Client, Middleware } from "openapi-fetch";
import { type ClientOptions, resolveOptions } from "./client-options.ts";
import { createTransport } from "./create-transport.ts";
import type { paths } from "./generated/schema.ts";
import { prepareRequest, type RequestInput } from "./prepare-request.ts";

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/** What every method of openapi-fetch takes, as far as it is read here. */
interface Init extends RequestInput {
  readonly signal?: AbortSignal | null | undefined;
  readonly params?: { readonly query?: Readonly<Record<string, string | undefined>> };
  readonly middleware?: readonly Middleware[];
}

/**
 * The typed openapi-fetch client over the same transport as {@link ImageVariations}, for every operation of the
 * contract: `client.POST("/images/variations", { body: { image } })` resolves with `{ data, error, response }`.
 * A body may hold every kind of `Uploadable`; middleware sees each request with its body encoded.
 *
 * @throws OpenAIError where there is no API key. A request rejects with APIConnectionError or APIUserAbortError where
 *   there is no answer, and with TypeError where the body can't be encoded.
 */
export function createClient(options: ClientOptions = {}): Client<paths> {
  const resolved = resolveOptions(options);
  const transport = createTransport(resolved);
  const middleware = new Set<Middleware>();

  async function request(method: string, path: string, init: Init = {}): Promise<unknown> {
    // Loaded by who uses it: the class has no need of it, and most programs import both from one door.
    const { default: createOpenapiFetchClient } = await import("openapi-fetch");
    const client = createOpenapiFetchClient<Record<string, never>>({ baseUrl: resolved.baseURL });
    const prepared = await prepareRequest({ ...resolved, signal: init.signal }, method.toUpperCase(), path, init);
    return client.request(
      method as never,
      path as never,
      {
        ...init,
        signal: undefined, // heard by the transport
        params: { ...init.params, query: { ...resolved.defaultQuery, ...init.params?.query } },
        headers: Object.fromEntries(prepared.headers),
        body: prepared.body,
        middleware: [...middleware, ...(init.middleware ?? [])],
        bodySerializer: (bytes: Uint8Array) => bytes,
        fetch: async ({ url, headers }: Request) => {
          const answer = await transport({ ...prepared, url, headers });
          return answer.toResponse();
        },
      } as never,
    );
  }

  const calls = methods.map((method) => [method, (path: string, init?: Init) => request(method, path, init)]);
  return {
    request,
    ...Object.fromEntries(calls),
    use: (...added: Middleware[]) => added.forEach((one) => middleware.add(one)),
    eject: (...removed: Middleware[]) => removed.forEach((one) => middleware.delete(one)),
  } as unknown as Client<paths>;
}
