import type { StandardSchemaV1 } from "@standard-schema/spec";
import { OpenAIError } from "../errors/openai-error.ts";
import { defaultBaseURL } from "../generated/operations.ts";
import type { ImageCreateVariationParams, ImagesResponse } from "../generated/schema.ts";
import { checkLogLevel, type Logger, type LogLevel } from "../transport/log.ts";
import type { HeadersLike } from "../transport/merge-headers.ts";
import { readEnvironment } from "./read-environment.ts";
import { checkOptions, rejectUnsupported } from "./check-options.ts";
import { resolveURL } from "./resolve-url.ts";
import type { Fetch, FetchOptions } from "../transport/fetch-transport.ts";
import type { Transport } from "../transport/transport.ts";
import type { ApiKey } from "../transport/with-authentication.ts";

/** How long an attempt may take, in milliseconds, unless the caller says otherwise. */
export const defaultTimeout: number = 600_000;

const defaultNumbers: Record<"timeout" | "maxRetries" | "maxResponseBytes", number> = {
  timeout: defaultTimeout,
  maxRetries: 2,
  maxResponseBytes: 134_217_728,
};

/** What a client is made with. Everything has a default, as long as there is an API key. */
export interface ClientOptions {
  /** The API key, or a function that is asked for one before every attempt. Default: `OPENAI_API_KEY`. */
  apiKey?: ApiKey | null | undefined;
  /** Where the API lives, version prefix included. Default: `OPENAI_BASE_URL`, else the server of the contract. */
  baseURL?: string | null | undefined;
  /** Sent as `OpenAI-Organization`. Default: `OPENAI_ORG_ID`. */
  organization?: string | null | undefined;
  /** Sent as `OpenAI-Project`. Default: `OPENAI_PROJECT_ID`. */
  project?: string | null | undefined;
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
   * Origins, beside the base URL's own, from which `streamVariation` and `saveVariation` fetch images that come as URLs.
   * Default: `https` at every public host name, but no IP address, no `localhost` and no name without a dot.
   */
  imageOrigins?: readonly string[] | undefined;
  /** The number of bytes that an upload must stay below. Default: what the contract says of the parameter. */
  maxUploadBytes?: number | undefined;
  /** The most bytes of a response that are read into memory. Default: 134,217,728, which is 128 MiB. */
  maxResponseBytes?: number | undefined;
  /** Checks the parameters before anything is sent: any Standard Schema, such as `@image-variations/validation`'s. */
  validate?: StandardSchemaV1<unknown, ImageCreateVariationParams> | undefined;
  /** Checks the response before it is returned: any Standard Schema. For servers that deviate from the contract. */
  checkResponse?: StandardSchemaV1<unknown, ImagesResponse> | undefined;
  /** Where log lines go. Default: the console. */
  logger?: Logger | undefined;
  /** How much is logged. Default: `OPENAI_LOG`, else `warn`. Credentials are never logged. */
  logLevel?: LogLevel | undefined;
  /** Allows a browser to hold the API key, where every visitor can read it. Default: false. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** The options with every default filled in that does not depend on the request. */
export interface ResolvedOptions extends ClientOptions {
  apiKey: ApiKey;
  baseURL: string;
  organization: string | null;
  project: string | null;
  logLevel: LogLevel;
  timeout: number;
  maxRetries: number;
  maxResponseBytes: number;
}

/** The numbers that have a default: a request's own, else the client's. */
export function numbersOf(
  client: Partial<Pick<ClientOptions, keyof typeof defaultNumbers>>,
  { timeout, maxRetries }: Pick<ClientOptions, "timeout" | "maxRetries"> = {},
): typeof defaultNumbers {
  return {
    timeout: timeout ?? client.timeout ?? defaultNumbers.timeout,
    maxRetries: maxRetries ?? client.maxRetries ?? defaultNumbers.maxRetries,
    maxResponseBytes: client.maxResponseBytes ?? defaultNumbers.maxResponseBytes,
  };
}

/** Options of the official SDK that belong to calls and accounts that this client does not know. */
const unsupportedOptions = "adminAPIKey credential dataResidency provider webhookSecret workloadIdentity x509Transport";

/**
 * Fills in the defaults, from the environment if it has them.
 *
 * @throws OpenAIError if the API key is missing, if a browser would get it without `dangerouslyAllowBrowser`, or if an option is
 *   invalid or unknown to this client.
 */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  rejectUnsupported(options, unsupportedOptions);
  const orEnvironment = <Value>(value: Value | undefined, name: string): Value | string | null =>
    value === undefined ? (readEnvironment(name) ?? null) : value;
  const apiKey = orEnvironment(options.apiKey, "OPENAI_API_KEY");
  if (!apiKey) {
    throw new OpenAIError("Missing API key: pass `apiKey`, or set OPENAI_API_KEY.");
  }
  // The second is true only in the workers of browsers.
  if (!options.dangerouslyAllowBrowser && ("document" in globalThis || "importScripts" in globalThis)) {
    throw new OpenAIError(
      "In a browser, every visitor can read the API key: if that is meant, pass `dangerouslyAllowBrowser: true`.",
    );
  }
  const resolved: ResolvedOptions = {
    ...options,
    apiKey,
    baseURL: (options.baseURL ?? readEnvironment("OPENAI_BASE_URL")) || defaultBaseURL,
    organization: orEnvironment(options.organization, "OPENAI_ORG_ID"),
    project: orEnvironment(options.project, "OPENAI_PROJECT_ID"),
    // Silent as long as there is nothing to warn of.
    logLevel: checkLogLevel(orEnvironment(options.logLevel, "OPENAI_LOG") ?? "warn", options.logger),
    ...numbersOf(options),
  };
  checkOptions(resolved);
  resolveURL(resolved.baseURL);
  return resolved;
}
