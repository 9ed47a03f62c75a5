import { defaultBaseURL } from "./generated/operations.ts";
import { OpenAIError } from "./errors/openai-error.ts";
import type { HeadersLike } from "./merge-headers.ts";
import { readEnvironment } from "./read-environment.ts";
import type { Fetch } from "./transport/fetch-transport.ts";

/** What a client is made with. Everything has a default, as long as there is an API key. */
export interface ClientOptions {
  /** The API key, or a function that is asked for one before every attempt. Default: `OPENAI_API_KEY`. */
  apiKey?: string | (() => Promise<string>) | null | undefined;
  /** Where the API lives, version prefix included. Default: `OPENAI_BASE_URL`, else the server of the contract. */
  baseURL?: string | null | undefined;
  /** Sent as `OpenAI-Organization`. Default: `OPENAI_ORG_ID`. */
  organization?: string | null | undefined;
  /** Sent as `OpenAI-Project`. Default: `OPENAI_PROJECT_ID`. */
  project?: string | null | undefined;
  /** How long to wait for an answer, in milliseconds. Default: 600,000, which is ten minutes. */
  timeout?: number | undefined;
  /** The `fetch` to use. Default: the global one. */
  fetch?: Fetch | undefined;
  /** More options for every `fetch`. */
  fetchOptions?: RequestInit | undefined;
  /** Headers for every request; `null` removes one that the client would send. */
  defaultHeaders?: HeadersLike | undefined;
  /** Query parameters for every request. */
  defaultQuery?: Record<string, string | undefined> | undefined;
  /** Allows a browser to hold the API key, where every visitor can read it. Default: false. */
  dangerouslyAllowBrowser?: boolean | undefined;
}

/** The options with every default filled in. */
export interface ResolvedOptions extends ClientOptions {
  readonly apiKey: string | (() => Promise<string>);
  readonly baseURL: string;
  readonly organization: string | null;
  readonly project: string | null;
  readonly timeout: number;
}

/**
 * Fills in the defaults, from the environment where it has them.
 *
 * @throws OpenAIError where there is no API key, or where a browser would be handed one without saying so.
 */
export function resolveOptions(options: ClientOptions): ResolvedOptions {
  const apiKey = options.apiKey === undefined ? readEnvironment("OPENAI_API_KEY") : options.apiKey;
  if (!apiKey) {
    throw new OpenAIError(
      "There is no API key: pass `apiKey`, or set the OPENAI_API_KEY environment variable. A server that asks for none takes any.",
    );
  }
  if (!options.dangerouslyAllowBrowser && "document" in globalThis) {
    throw new OpenAIError(
      "In a browser, every visitor can read the API key. If that is meant, pass `dangerouslyAllowBrowser: true`.",
    );
  }
  return {
    ...options,
    apiKey,
    baseURL: (options.baseURL ?? readEnvironment("OPENAI_BASE_URL")) || defaultBaseURL,
    organization:
      options.organization === undefined ? (readEnvironment("OPENAI_ORG_ID") ?? null) : options.organization,
    project: options.project === undefined ? (readEnvironment("OPENAI_PROJECT_ID") ?? null) : options.project,
    timeout: options.timeout ?? 600_000,
  };
}
