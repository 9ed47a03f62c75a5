import { readText } from "./read-text.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { APIError } from "../errors/api-error.ts";
import { retiredModelHint } from "./retired-model-hint.ts";

/** An error says what it has to say in fewer bytes. */
export const maximumErrorBytes = 1_000_000;

/** Whether the server accepted the request. */
export function isSuccess({ status }: Pick<TransportResponse, "status">): boolean {
  return status >= 200 && status <= 299;
}

/**
 * The response, its body unread, if the server accepted the request: then at once, as every call comes by here twice.
 *
 * @throws APIError in the class of the response's status, with what its body says.
 */
export function throwIfRejected(response: TransportResponse, baseURL: string): TransportResponse | Promise<never> {
  return isSuccess(response) ? response : throwRejection(response, baseURL);
}

async function throwRejection(response: TransportResponse, baseURL: string): Promise<never> {
  const { status, headers } = response;
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
