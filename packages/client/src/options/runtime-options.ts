import { OpenAIError } from "../errors/openai-error.ts";
import type { Fetch, FetchOptions } from "../transport/fetch-transport.ts";
import { checkLogLevel, type Logger, type LogLevel } from "../transport/log.ts";
import type { HeadersLike } from "../transport/merge-headers.ts";
import type { Transport } from "../transport/transport.ts";
import type { ApiKey } from "../transport/with-authentication.ts";
import { checkOptions } from "./check-options.ts";
import { resolveURL } from "./resolve-url.ts";

/** How long an attempt may take, in milliseconds, unless the caller says otherwise. */
export const defaultTimeout: number = 600_000;

const defaultNumbers: Record<"timeout" | "maxRetries" | "maxResponseBytes", number> = {
  timeout: defaultTimeout,
  maxRetries: 2,
  maxResponseBytes: 134_217_728,
};

/** What a client of any contract is made with. Everything has a default, and nothing is read from the environment. */
export interface RuntimeOptions {
  /** The API key, or a function that is asked for one before every attempt. Default: none is sent. */
  apiKey?: ApiKey | null | undefined;
  /** Where the API lives, version prefix included. Default: the first server of the contract. */
  baseURL?: string | null | undefined;
  /**
   * How long an attempt may take, response included, in milliseconds; Infinity for no limit. Default: 600,000, which is
   * ten minutes. Node's own `fetch` gives up after 300,000 without a header or a piece of the body: `nodeTransport()`
   * has no such limit.
   */
  timeout?: number | undefined;
  /** How often to try again after a failure that may pass. Default: 2. */
  maxRetries?: number | undefined;
  /** The `fetch` to use. Default: the global one. */
  fetch?: Fetch | undefined;
  /** More options for every `fetch`. */
  fetchOptions?: FetchOptions | undefined;
  /** What sends requests in place of `fetch`: for Node, `nodeTransport()` of `@image-variations/client/node`. */
  transport?: Transport | undefined;
  /** Headers for every request; `null` removes one that the client would send. */
  defaultHeaders?: HeadersLike | undefined;
  /** Query parameters for every request: text, numbers, lists (`name[]=1`) and objects (`name[key]=1`). */
  defaultQuery?: object | null | undefined;
  /** Origins, beside the base URL's own, to which a server may redirect a request. Default: none. */
  redirectOrigins?: readonly string[] | undefined;
  /**
   * Origins, beside the base URL's own, from which images that come as URLs are fetched while a response is streamed.
   * Default: `https` at every public host name, but no IP address, no `localhost` and no name without a dot.
   */
  imageOrigins?: readonly string[] | undefined;
  /** The number of bytes that an upload must stay below. Default: what the contract says of the parameter. */
  maxUploadBytes?: number | undefined;
  /** The most bytes of a response that are read into memory. Default: 134,217,728, which is 128 MiB. */
  maxResponseBytes?: number | undefined;
  /** Where log lines go. Default: the console. */
  logger?: Logger | undefined;
  /** How much is logged. Default: `warn`. Credentials are never logged. */
  logLevel?: LogLevel | undefined;
  /** Allows a browser to hold the API key, where every visitor can read it. Default: false. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** The options with every default filled in that does not depend on the request. */
export interface ResolvedOptions extends RuntimeOptions {
  apiKey: ApiKey | null;
  baseURL: string;
  logLevel: LogLevel;
  timeout: number;
  maxRetries: number;
  maxResponseBytes: number;
}

/** The numbers that have a default: a request's own, else the client's. */
export function numbersOf(
  client: Partial<Pick<RuntimeOptions, keyof typeof defaultNumbers>>,
  { timeout, maxRetries }: Pick<RuntimeOptions, "timeout" | "maxRetries"> = {},
): typeof defaultNumbers {
  return {
    timeout: timeout ?? client.timeout ?? defaultNumbers.timeout,
    maxRetries: maxRetries ?? client.maxRetries ?? defaultNumbers.maxRetries,
    maxResponseBytes: client.maxResponseBytes ?? defaultNumbers.maxResponseBytes,
  };
}

/**
 * Fills in the defaults.
 *
 * @param defaultBaseURL Where requests go unless the caller says otherwise.
 * @throws OpenAIError if a browser would get the API key without `dangerouslyAllowBrowser`, or if an option is invalid.
 */
export function resolveOptions<Options extends Omit<RuntimeOptions, "logLevel"> & { logLevel?: string | undefined }>(
  options: Options,
  defaultBaseURL: string,
): Options & ResolvedOptions {
  const { apiKey, dangerouslyAllowBrowser, logger } = options;
  // The second is true only in the workers of browsers.
  if (apiKey && !dangerouslyAllowBrowser && ("document" in globalThis || "importScripts" in globalThis)) {
    throw new OpenAIError(
      "In a browser, every visitor can read the API key: if that is meant, pass `dangerouslyAllowBrowser: true`.",
    );
  }
  const resolved = {
    ...options,
    apiKey: apiKey ?? null,
    baseURL: options.baseURL || defaultBaseURL,
    // Silent as long as there is nothing to warn of.
    logLevel: checkLogLevel(options.logLevel ?? "warn", logger),
    ...numbersOf(options),
  };
  checkOptions(resolved);
  resolveURL(resolved.baseURL);
  return resolved;
}
