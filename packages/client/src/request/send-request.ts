import { createTransport } from "../transport/create-transport.ts";
import { throwIfRejected } from "../response/throw-if-rejected.ts";
import { prepareRequest, type RequestInput } from "./prepare-request.ts";
import type { TransportResponse } from "../transport/transport.ts";
import type { RequestContext } from "../options/with-request-options.ts";

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
): Promise<TransportResponse> {
  const request = await prepareRequest(context, method, path, input);
  return await throwIfRejected(await createTransport(context)(request), context.baseURL);
}
