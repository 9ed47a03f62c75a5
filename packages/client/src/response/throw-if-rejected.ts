import { readBody } from "./read-body.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { APIError } from "../errors/api-error.ts";

/** An error says what it has to say in fewer bytes. */
export const maximumErrorBytes = 1_000_000;

/** What a client has to say of an error, after what the server said. */
export type AdviseOn = (status: number, text: string) => string;

/** Whether the server accepted the request. */
export function isSuccess({ status }: Pick<TransportResponse, "status">): boolean {
  return status >= 200 && status <= 299;
}

/**
 * The response, its body unread, if the server accepted the request: then at once, as every call comes by here twice.
 *
 * @throws APIError in the class of the response's status, with what its body says.
 */
export function throwIfRejected(response: TransportResponse, advise?: AdviseOn): TransportResponse | Promise<never> {
  return isSuccess(response) ? response : throwRejection(response, advise);
}

async function throwRejection(response: TransportResponse, advise: AdviseOn = () => ""): Promise<never> {
  const { status, headers } = response;
  // If the text does not arrive, the status says enough; an aborted signal is reported elsewhere.
  const bytes = await readBody(response, maximumErrorBytes).catch(() => undefined);
  const text = new TextDecoder().decode(bytes);
  let body: object | undefined;
  try {
    body = JSON.parse(text) as object;
  } catch {
    // Not every server, and hardly a proxy, says it in JSON.
  }
  const error = APIError.generate(status, body, text, new Headers([...headers]));
  error.message += advise(status, text);
  throw error;
}
