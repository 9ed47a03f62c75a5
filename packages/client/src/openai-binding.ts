import { unexpectedResponse } from "./errors/unexpected-response.ts";
import { contract } from "./generated/contract.ts";
import { accountHeaders } from "./options/account-headers.ts";
import { checkWith } from "./options/check-with.ts";
import type { ResolvedClientOptions } from "./options/client-options.ts";
import { readCustomHeaders } from "./options/read-environment.ts";
import { checkBody } from "./request/check-body.ts";
import { retiredModelHint } from "./retired-model-hint.ts";
import type { Binding } from "./runtime/binding.ts";

/** The operation of the method `images.createVariation`, as `POST /images/variations`. */
export function variationOperation(): string {
  return contract.methods["images.createVariation"]!;
}

/** What our client does around the calls of its contract: the conventions of the OpenAI API, and its caller's own checks. */
export const openAIBinding: Binding<ResolvedClientOptions> = {
  contract,
  headersOf: (context) => [accountHeaders(context), readCustomHeaders()],
  bodyCheckOf(context, name) {
    const { validate } = context;
    return validate && name === variationOperation()
      ? (body) => checkBody(context, validate, body as object)
      : undefined;
  },
  successCheckOf({ checkResponse }, name) {
    return checkResponse && name === variationOperation()
      ? (response, value) =>
          checkWith(checkResponse, value, (message, issues) => unexpectedResponse(response, message, issues))
      : undefined;
  },
  adviseOn: ({ baseURL }, status, text) => retiredModelHint(baseURL, status, text),
};
