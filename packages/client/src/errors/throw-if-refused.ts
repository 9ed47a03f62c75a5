import { readText } from "../read-text.ts";
import type { TransportAnswer } from "../transport/transport.ts";
import { APIError } from "./api-error.ts";
import { waysOut } from "./ways-out.ts";

/** An error says what it has to say in fewer bytes. */
export const maximumErrorBytes = 1_000_000;

/**
 * The answer, its body unread, where the server said yes.
 *
 * @throws APIError in the class of the answer's status, with what its body says.
 */
export async function throwIfRefused(answer: TransportAnswer, baseURL: string): Promise<TransportAnswer> {
  const { status, headers } = answer;
  if (status >= 200 && status <= 299) return answer;
  // Where the text does not come, the status says enough; and that the caller's signal fired is said at once elsewhere.
  const text = await readText(answer, maximumErrorBytes).catch(() => "");
  let body: object | undefined;
  try {
    body = JSON.parse(text) as object;
  } catch {
    // Not every server, and hardly a proxy, says it in JSON.
  }
  const error = APIError.generate(status, body, text, new Headers([...headers]));
  error.message += waysOut(baseURL, status, text);
  throw error;
}
