import type { StandardSchemaV1 } from "@standard-schema/spec";
import { OpenAIError } from "../errors/openai-error.ts";
import type { ImageCreateVariationParams, ImagesResponse } from "../generated/schema.ts";
import type { LogLevel } from "../transport/log.ts";
import type { ApiKey } from "../transport/with-authentication.ts";
import { accountHeaders } from "./account-headers.ts";
import { rejectUnsupported } from "./check-options.ts";
import { readEnvironment } from "./read-environment.ts";
import { type ResolvedOptions, resolveOptions, type RuntimeOptions } from "./runtime-options.ts";

/** What a client is made with. Everything has a default, as long as there is an API key. */
export interface ClientOptions extends RuntimeOptions {
  /** The API key, or a function that is asked for one before every attempt. Default: `OPENAI_API_KEY`. */
  apiKey?: ApiKey | null | undefined;
  /** Where the API lives, version prefix included. Default: `OPENAI_BASE_URL`, else the server of the contract. */
  baseURL?: string | null | undefined;
  /** Sent as `OpenAI-Organization`. Default: `OPENAI_ORG_ID`. */
  organization?: string | null | undefined;
  /** Sent as `OpenAI-Project`. Default: `OPENAI_PROJECT_ID`. */
  project?: string | null | undefined;
  /** Checks the parameters before anything is sent: any Standard Schema, such as `@image-variations/validation`'s. */
  validate?: StandardSchemaV1<unknown, ImageCreateVariationParams> | undefined;
  /** Checks the response before it is returned: any Standard Schema. For servers that deviate from the contract. */
  checkResponse?: StandardSchemaV1<unknown, ImagesResponse> | undefined;
  /** How much is logged. Default: `OPENAI_LOG`, else `warn`. Credentials are never logged. */
  logLevel?: LogLevel | undefined;
}

/** The options with every default filled in that does not depend on the request. */
export interface ResolvedClientOptions extends Omit<ClientOptions, keyof ResolvedOptions>, ResolvedOptions {
  apiKey: ApiKey;
  organization: string | null;
  project: string | null;
}

/** Options of the official SDK that belong to calls and accounts that this client does not know. */
const unsupportedOptions = "adminAPIKey credential dataResidency provider webhookSecret workloadIdentity x509Transport";

/**
 * Fills in the defaults, from the environment if it has them.
 *
 * @throws OpenAIError if the API key is missing, if a browser would get it without `dangerouslyAllowBrowser`, or if an option is
 *   invalid or unknown to this client.
 */
export function resolveClientOptions(options: ClientOptions, defaultBaseURL: string): ResolvedClientOptions {
  rejectUnsupported(options, unsupportedOptions);
  const orEnvironment = <Value>(value: Value | undefined, name: string): Value | string | null =>
    value === undefined ? (readEnvironment(name) ?? null) : value;
  const apiKey = orEnvironment(options.apiKey, "OPENAI_API_KEY");
  if (!apiKey) {
    throw new OpenAIError("Missing API key: pass `apiKey`, or set OPENAI_API_KEY.");
  }
  const resolved = resolveOptions(
    {
      ...options,
      apiKey,
      baseURL: options.baseURL ?? readEnvironment("OPENAI_BASE_URL"),
      organization: orEnvironment(options.organization, "OPENAI_ORG_ID"),
      project: orEnvironment(options.project, "OPENAI_PROJECT_ID"),
      logLevel: orEnvironment(options.logLevel, "OPENAI_LOG") ?? undefined,
    },
    defaultBaseURL,
  );
  // Shows before the first request whether they can be sent.
  accountHeaders(resolved);
  return { ...resolved, apiKey };
}
