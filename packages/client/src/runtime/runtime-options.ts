import { type ClientOptions, resolveOptions } from "../options/client-options.ts";
import type { RequestContext } from "../options/with-request-options.ts";
import type { Contract } from "./contract.ts";

type OfOneContract = "organization" | "project" | "imageOrigins" | "validate" | "checkResponse" | "baseURL" | "apiKey";

/** What a client of any contract is made with. Everything has a default, and nothing is read from the environment. */
export interface RuntimeOptions extends Omit<ClientOptions, OfOneContract> {
  /** The API key, or a function that is asked for one before every request. Default: none is sent. */
  apiKey?: ClientOptions["apiKey"];
  /** Where the API lives. Default: the first server of the document. */
  baseURL?: string | null | undefined;
}

/** The options with every default filled in. */
export function resolveRuntimeOptions(contract: Contract, options: RuntimeOptions): RequestContext {
  const { apiKey, dangerouslyAllowBrowser } = options;
  return resolveOptions({
    ...options,
    baseURL: options.baseURL ?? contract.baseURL,
    // Without a key there is none to protect, and none is sent.
    apiKey: apiKey ?? "none",
    dangerouslyAllowBrowser: apiKey ? dangerouslyAllowBrowser : true,
    organization: null,
    project: null,
    logLevel: options.logLevel ?? "warn",
  });
}
