import { readText } from "./read-text.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { APIError } from "../errors/api-error.ts";
import { retiredModelHint } from "./retired-model-hint.ts";

/** An error says what it has to say in fewer bytes. */
export const maximumErrorBytes = 1_000_000;

/**
 * The response, its body unread, if the server accepted the request.
 *
 * @throws APIError in the class of the response's status, with what its body says.
 */
export async function throwIfRejected(response: TransportResponse, baseURL: string): Promise<TransportResponse> {
  const { status, headers } = response;
  if (status >= 200 && status <= 299) return response;
  // If the text does not arrive, the status says enough; an aborted signal is reported elsewhere.
  const text = await readText(response, maximumErrorBytes).catch(() => "");
  let body: object | undefined;
  try {
    body = JSON.parse(text) as object;
  } catch {
    // Not every server, and hardly a proxy, says it in JSON.
  }
  const error = APIError.generate(status, body, text, new Headers([...headers]));
  error.message += retiredModelHint(baseURL, status, text);
  throw error;
}
