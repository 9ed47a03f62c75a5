import { createTransport } from "./create-transport.ts";
import { throwIfRefused } from "./errors/throw-if-refused.ts";
import { prepareRequest, type RequestInput } from "./prepare-request.ts";
import type { TransportAnswer } from "./transport/transport.ts";
import type { RequestContext } from "./with-request-options.ts";

/**
 * Makes a request of an operation of the contract, and resolves with the answer, its body unread.
 *
 * @throws APIError, in the class of the answer's status; APIConnectionError where there is no answer.
 */
export async function sendRequest(
  context: RequestContext,
  method: string,
  path: string,
  input: RequestInput,
): Promise<TransportAnswer> {
  const request = await prepareRequest(context, method, path, input);
  return await throwIfRefused(await createTransport(context)(request), context.baseURL);
}
