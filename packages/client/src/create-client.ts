import type { Client, Middleware } from "openapi-fetch";
import { checkBody } from "./request/check-body.ts";
import { checkImagesResponse } from "./response/check-images-response.ts";
import { checkWith } from "./options/check-with.ts";
import { type ClientOptions, resolveOptions } from "./options/client-options.ts";
import type { DoorPaths } from "./response/door-paths.ts";
import { unexpectedResponse } from "./errors/unexpected-response.ts";
import type { ErrorResponse, ImageCreateVariationParams } from "./generated/schema.ts";
import { fetchWhole, type SuccessParser } from "./request/fetch-whole.ts";
import { parseJson } from "./response/parse-json.ts";
import { prepareRequest } from "./request/prepare-request.ts";
import { resolveURL } from "./options/resolve-url.ts";
import type { HeadersLike } from "./transport/merge-headers.ts";
import { holdStreams } from "./uploads/hold-streams.ts";
import type { RequestContext } from "./options/with-request-options.ts";

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/** What every method of openapi-fetch takes, as far as it is read here. */
interface Init {
  readonly body?: object | undefined;
  readonly headers?: HeadersLike | null | undefined;
  readonly signal?: AbortSignal | null | undefined;
  readonly params?: { readonly query?: object };
  readonly middleware?: readonly Middleware[];
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly bodySerializer?: (body: unknown) => unknown;
  readonly baseUrl?: string;
  readonly parseAs?: string;
}

interface Result {
  readonly data?: unknown;
  error?: unknown;
  readonly response: Response;
}

/** An openapi-fetch client without the types of a contract: those are the caller's. */
interface UntypedClient {
  request(method: string, path: string, init: object): Promise<Result>;
}

/**
 * The typed openapi-fetch client over the same transport as {@link ImageVariations}, for every operation of the
 * contract: `client.POST("/images/variations", { body: { image } })` resolves with `{ data, error, response }`.
 * A body may hold every kind of `Uploadable`; middleware sees each request with its body encoded, and what it returns
 * is what is sent. An `error` is always an object: a server's page or an empty body becomes the contract's envelope.
 *
 * @throws OpenAIError if the API key is missing, or an option is invalid. A request rejects with APIConnectionError or
 *   APIUserAbortError if there is no response, with UnexpectedResponseError if a success is not what the contract says,
 *   and as the class does if the body can't be encoded.
 */
export function createClient(options?: ClientOptions | null): Client<DoorPaths> {
  const resolved = resolveOptions(options ?? {});
  const middleware = new Set<Middleware>();
  let client: Promise<UntypedClient> | undefined;

  async function request(method: string, path: string, init: Init = {}): Promise<unknown> {
    holdStreams(init.body);
    const context: RequestContext = {
      ...resolved,
      signal: init.signal,
      ...(init.fetch && { fetch: asFetch(init.fetch) }),
    };
    // Loaded at the first request: the class does not need it, and most programs import both from one door.
    client ??= import("openapi-fetch").then(({ default: create }) => create() as UntypedClient);
    const encoded = await encode(context, method.toUpperCase(), path, init);
    const { origin, pathname, searchParams } = resolveURL(init.baseUrl ?? resolved.baseURL);
    const query = { ...Object.fromEntries(searchParams), ...resolved.defaultQuery, ...init.params?.query };
    const { request: send } = await client;
    const result = await send(method, path, {
      ...init,
      ...encoded,
      baseUrl: origin + pathname,
      signal: undefined, // heard by the transport
      params: { ...init.params, query },
      middleware: [...middleware, ...(init.middleware ?? [])],
      fetch: (sent: Request) => fetchWhole(context, sent, parserOf(context, path, init.parseAs)),
    });
    return withErrorObject(result);
  }

  const calls = methods.map((method) => [method, (path: string, init?: Init) => request(method, path, init)]);
  return {
    request,
    ...Object.fromEntries(calls),
    use: (...added: Middleware[]) => added.forEach((one) => middleware.add(one)),
    eject: (...removed: Middleware[]) => removed.forEach((one) => middleware.delete(one)),
  } as unknown as Client<DoorPaths>;
}

/** Whether `validate` and `checkResponse`, which are about images, apply to a path. */
function isImages(path: string): boolean {
  return path === "/images/variations";
}

/** What a success must be, and how its body is read: what is not JSON is the caller's own. */
function parserOf({ checkResponse }: RequestContext, path: string, parseAs = "json"): SuccessParser {
  if (parseAs === "stream") return { isStream: true };
  if (parseAs !== "json") return {};
  return {
    check: async (response, text) => {
      const json = parseJson(response, text);
      if (!isImages(path)) return;
      const images = checkImagesResponse(response, json);
      await checkWith(checkResponse, images, (message, issues) => unexpectedResponse(response, message, issues));
    },
  };
}

/** The headers and the body that openapi-fetch is given: encoded, unless the caller serializes the body. */
async function encode(context: RequestContext, method: string, path: string, init: Init): Promise<object> {
  const { bodySerializer, headers } = init;
  const checked = isImages(path) ? await checkBody(context, init.body as ImageCreateVariationParams) : init.body;
  const prepared = await prepareRequest(context, method, path, {
    body: bodySerializer ? undefined : checked,
    headers,
  });
  const sent = { headers: Object.fromEntries(prepared.headers) };
  return bodySerializer
    ? { ...sent, body: checked }
    : { ...sent, body: prepared.body, bodySerializer: (bytes: Uint8Array) => bytes };
}

/** An error that is always an object, so that `if (error)` tells a failure from a success. */
function withErrorObject(result: Result): Result {
  const { error, response } = result;
  if (response.ok || (typeof error === "object" && error)) return result;
  const message = error ? String(error) : `${response.status} status code (no body)`;
  const envelope = { error: { code: null, message, param: null, type: "invalid_response" } };
  return { ...result, error: envelope satisfies ErrorResponse };
}

/** openapi-fetch's `fetch` takes a Request, and ours a URL and options. */
function asFetch(fetch: (request: Request) => Promise<Response>): RequestContext["fetch"] {
  return (url, init) => fetch(new Request(url, init));
}
