import type { Client, Middleware } from "openapi-fetch";
import type { RequestOptions } from "../options/request-options.ts";
import { resolveURL } from "../options/resolve-url.ts";
import { resolveOptions, type ResolvedOptions, type RuntimeOptions } from "../options/runtime-options.ts";
import type { RequestContext } from "../options/with-request-options.ts";
import type { CallParameters, Contract, ContractOperation } from "../request/contract.ts";
import { encodeJson } from "../request/encode-json.ts";
import { fetchWhole, type SuccessParser } from "../request/fetch-whole.ts";
import { prepareRequest } from "../request/prepare-request.ts";
import { writeParameters } from "../request/write-parameters.ts";
import { checkSuccess } from "../response/check-success.ts";
import { parseJson } from "../response/parse-json.ts";
import type { ResponseFacts } from "../response/response-facts.ts";
import { holdStreams } from "../uploads/hold-streams.ts";
import type { Binding, SuccessCheck } from "./binding.ts";

/** An openapi-fetch client of the paths of a contract. */
export type ContractClient<Paths extends {}> = Client<Paths>;

/**
 * An openapi-fetch client of a contract: `client.POST("/images/variations", { body })` resolves with `{ data, error,
 * response }`, with the uploads, keys, retries, timeouts and checks of the runtime. Middleware sees each request with its
 * body encoded, and what it returns is what is sent.
 *
 * @throws OpenAIError if an option is invalid.
 */
export function createClient<Paths extends {}>(
  contract: Contract,
  options: RuntimeOptions = {},
): ContractClient<Paths> {
  return bindClient<Paths, ResolvedOptions>({ contract }, resolveOptions(options, contract.baseURL));
}

/** An operation that the contract does not have. */
const undocumented: ContractOperation = { security: [], requestMediaType: "application/json" };

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/** What every method of openapi-fetch takes, as far as it is read here. */
interface Init {
  readonly body?: unknown;
  readonly headers?: RequestOptions["headers"];
  readonly signal?: RequestOptions["signal"];
  readonly params?: CallParameters;
  readonly middleware?: readonly Middleware[];
  readonly fetch?: (request: Request) => Promise<Response>;
  readonly bodySerializer?: (body: unknown) => unknown;
  readonly querySerializer?: unknown;
  readonly baseUrl?: string;
  readonly parseAs?: string;
}

/** What a call with openapi-fetch resolves with. */
export interface FetchResult {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** An openapi-fetch client without the types of a contract: those are the caller's. */
interface UntypedClient {
  request(method: string, path: string, init: object): Promise<FetchResult>;
}

/**
 * An openapi-fetch client over the transport, with what a binding says.
 *
 * @param finish Makes what a call resolves with of what openapi-fetch does.
 */
export function bindClient<Paths extends {}, Options extends ResolvedOptions>(
  { contract, headersOf, bodyCheckOf, successCheckOf }: Binding<Options>,
  options: Options,
  finish: (result: FetchResult) => FetchResult = (result) => result,
): ContractClient<Paths> {
  const middleware = new Set<Middleware>();
  // What openapi-fetch can write, this can, in the styles of the contract.
  const writing: Contract = {
    ...contract,
    encoders: { "application/json": encodeJson, ...contract.encoders },
    writeParameters,
  };
  let client: Promise<UntypedClient> | undefined;

  async function request(method: string, path: string, init: Init = {}): Promise<FetchResult> {
    holdStreams(init.body as object | undefined);
    const { bodySerializer, params = {}, headers, signal } = init;
    const context: RequestContext<Options> = {
      ...options,
      baseURL: init.baseUrl ?? options.baseURL,
      signal,
      ...(init.fetch && { fetch: asFetch(init.fetch) }),
    };
    // Loaded at the first request: the methods do not need it, and most programs import both from one door.
    client ??= import("openapi-fetch").then(({ default: create }) => create() as UntypedClient);
    const name = `${method.toUpperCase()} ${path}`;
    const operation = contract.operations[name] ?? undocumented;
    const check = bodyCheckOf?.(context, name);
    const body = check ? await check(init.body) : init.body;
    const call = { name, operation, params, body: bodySerializer ? undefined : body, options: { headers } };
    const prepared = await prepareRequest(context, writing, call, headersOf?.(context));
    const { origin, pathname, search } = new URL(prepared.url);
    const base = resolveURL(context.baseURL);
    const query = { ...Object.fromEntries(base.searchParams), ...context.defaultQuery, ...params.query };
    const { request: send } = await client;
    const result = await send(method, path, {
      ...init,
      baseUrl: base.origin + base.pathname,
      // The path is written here even if it has no parameters.
      params: { ...params, path: { ...params.path }, query },
      pathSerializer: () => origin + pathname,
      querySerializer: init.querySerializer ?? (() => search),
      headers: Object.fromEntries(prepared.headers),
      ...(bodySerializer ? { body } : { body: prepared.body, bodySerializer: (bytes: unknown) => bytes }),
      signal: undefined, // heard by the transport
      middleware: [...middleware, ...(init.middleware ?? [])],
      fetch: (sent: Request) =>
        fetchWhole(context, sent, parserOf(operation.response, successCheckOf?.(context, name), init.parseAs)),
    });
    return finish(result);
  }

  const calls = methods.map((method) => [method, (path: string, init?: Init) => request(method, path, init)]);
  return {
    request,
    ...Object.fromEntries(calls),
    use: (...added: Middleware[]) => added.forEach((one) => middleware.add(one)),
    eject: (...removed: Middleware[]) => removed.forEach((one) => middleware.delete(one)),
  } as unknown as ContractClient<Paths>;
}

/** What a success must be, and how its body is read: what is not JSON is the caller's own. */
function parserOf(facts: ResponseFacts | undefined, check: SuccessCheck | undefined, parseAs = "json"): SuccessParser {
  if (parseAs === "stream") return { isStream: true };
  if (parseAs !== "json" || !facts) return {};
  return {
    check: async (response, text) => {
      const value = checkSuccess(response, parseJson(response, text, facts), facts);
      await check?.(response, value);
    },
  };
}

/** openapi-fetch's `fetch` takes a Request, and ours a URL and options. */
function asFetch(fetch: (request: Request) => Promise<Response>): RequestContext["fetch"] {
  return (url, init) => fetch(new Request(url, init));
}
