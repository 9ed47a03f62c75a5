import createFetchClient, { type Client, type ClientMethod } from "openapi-fetch";
import { fetchWhole } from "../request/fetch-whole.ts";
import { resolveURL } from "../options/resolve-url.ts";
import { keyPlaceholder } from "../transport/with-authentication.ts";
import type { Contract } from "./contract.ts";
import { encodeBody } from "./encode-body.ts";
import { resolveRuntimeOptions, type RuntimeOptions } from "./runtime-options.ts";
import { writeQuery } from "./write-query.ts";

/** An openapi-fetch client of the paths of a contract. */
export type ContractClient<Paths extends {}> = Client<Paths>;

interface Init {
  readonly body?: unknown;
  readonly parseAs?: string;
}

/**
 * An openapi-fetch client of a contract: `client.POST("/images/variations", { body })` resolves with `{ data, error,
 * response }`, with the uploads, retries and timeouts of the runtime. Of credentials, it sends bearer tokens; what else
 * there is goes into `defaultHeaders`.
 *
 * @throws OpenAIError if an option is invalid.
 */
export function createClient<Paths extends {}>(
  contract: Contract,
  options: RuntimeOptions = {},
): ContractClient<Paths> {
  const context = resolveRuntimeOptions(contract, options);
  const { origin, pathname } = resolveURL(context.baseURL);
  const client = createFetchClient<Paths>({ baseUrl: origin + pathname.replace(/\/$/, "") });
  const request = client.request as unknown as (method: string, path: string, init: object) => Promise<unknown>;

  async function send(method: string, path: string, init: Init = {}): Promise<unknown> {
    const operation = contract.operations[`${method.toUpperCase()} ${path}`];
    const encoded = operation && init.body !== undefined ? await encodeBody(context, operation, init.body) : undefined;
    const headers = new Headers((init as { readonly headers?: HeadersInit }).headers);
    if (encoded) headers.set("content-type", encoded.contentType);
    if (options.apiKey && operation && operation.security.length > 0 && !headers.has("authorization")) {
      headers.set("authorization", keyPlaceholder);
    }
    return await request(method, path, {
      querySerializer: (query: object) =>
        new URLSearchParams([...writeQuery(query, operation?.queryStyles)]).toString(),
      ...init,
      ...(encoded && { body: encoded.bytes, bodySerializer: (bytes: unknown) => bytes }),
      headers,
      fetch: (sent: Request) => fetchWhole(context, sent, init.parseAs === "stream" ? { isStream: true } : {}),
    });
  }
  const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"].map((method) => [
    method,
    (path: string, init?: Init) => send(method, path, init),
  ]);
  return { ...client, request: send as unknown as ClientMethod<Paths, never, never>, ...Object.fromEntries(methods) };
}
