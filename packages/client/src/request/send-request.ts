import type { RequestContext } from "../options/with-request-options.ts";
import { throwIfRejected } from "../response/throw-if-rejected.ts";
import { createSend } from "../transport/create-transport.ts";
import type { Exchange } from "../transport/with-retries.ts";
import { prepareRequest, type RequestInput } from "./prepare-request.ts";

/**
 * Makes a request of an operation of the contract, and resolves with the response, its body unread.
 *
 * @throws APIError, in the class of the response's status; APIConnectionError if there is no response.
 */
export async function sendRequest(
  context: RequestContext,
  method: string,
  path: string,
  input: RequestInput,
): Promise<Exchange> {
  const exchange = await createSend(context)(await prepareRequest(context, method, path, input));
  await throwIfRejected(exchange.response, context.baseURL);
  return exchange;
}
