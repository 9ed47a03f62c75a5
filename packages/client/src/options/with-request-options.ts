import { checkOptions, rejectUnsupported } from "./check-options.ts";
import type { RequestOptions } from "./request-options.ts";
import { numbersOf, type ResolvedOptions } from "./runtime-options.ts";

/** All that holds for one request. */
export type RequestContext<Options extends ResolvedOptions = ResolvedOptions> = Options &
  Pick<RequestOptions, "signal">;

/** Options of the official SDK's requests that have no meaning for a call of one operation. */
const unsupportedOptions = "body defaultBaseURL method path stream";

/**
 * The client's options as they stand, with those of a request over them.
 *
 * @throws OpenAIError if one of them is invalid: the client's can be assigned to.
 */
export function withRequestOptions<Options extends ResolvedOptions>(
  client: Options,
  options: RequestOptions,
): RequestContext<Options> {
  rejectUnsupported(options, unsupportedOptions);
  const fetchOptions = { ...client.fetchOptions, ...options.fetchOptions };
  const context = {
    ...client,
    ...numbersOf(client, options),
    fetchOptions,
    signal: options.signal ?? fetchOptions.signal,
  };
  checkOptions(context);
  return context;
}
