import { APIError } from "./api-error.ts";

/**
 * The answer, its body unread, where the server said yes.
 *
 * @throws APIError in the class of the answer's status, with what its body says.
 */
export async function throwIfRefused(response: Response): Promise<Response> {
  if (response.ok) return response;
  const text = await response.text().catch(() => "");
  let body: object | undefined;
  try {
    body = JSON.parse(text) as object;
  } catch {
    // Not every server, and hardly a proxy, says it in JSON.
  }
  throw APIError.generate(response.status, body, body ? undefined : text, response.headers);
}
