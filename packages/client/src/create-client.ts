import type { Client } from "openapi-fetch";
import { contract } from "./generated/contract.ts";
import type { ErrorResponse } from "./generated/schema.ts";
import { openAIBinding } from "./openai-binding.ts";
import { type ClientOptions, resolveClientOptions } from "./options/client-options.ts";
import type { DoorPaths } from "./response/door-paths.ts";
import { bindClient, type FetchResult } from "./runtime/create-contract-client.ts";

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
  return bindClient(openAIBinding, resolveClientOptions(options ?? {}, contract.baseURL), withErrorObject);
}

/** An error that is always an object, so that `if (error)` tells a failure from a success. */
function withErrorObject(result: FetchResult): FetchResult {
  const { error, response } = result;
  if (response.ok || (typeof error === "object" && error)) return result;
  const message = error ? String(error) : `${response.status} status code (no body)`;
  const envelope = { error: { code: null, message, param: null, type: "invalid_response" } };
  return { ...result, error: envelope satisfies ErrorResponse };
}
