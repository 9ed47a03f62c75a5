import type { ResolvedOptions } from "../client-options.ts";
import { createTransport } from "../create-transport.ts";
import { throwIfRefused } from "../errors/throw-if-refused.ts";
import type { RequestOptions } from "../request-options.ts";
import type { TransportAnswer } from "../transport/transport.ts";
import { withRequestOptions } from "../with-request-options.ts";

/**
 * Asks for an image at its URL: like any other request, but without the API key and the client's headers, and wherever
 * it is redirected to.
 *
 * @throws APIError, in the class of the answer's status; APIConnectionError where there is no answer.
 */
export async function openImage(
  client: ResolvedOptions,
  options: RequestOptions,
  url: string,
): Promise<TransportAnswer> {
  const transport = createTransport(withRequestOptions(client, options));
  const request = { url, method: "GET", headers: new Map<string, string>(), signal: options.signal };
  return throwIfRefused(await transport(request), url);
}
