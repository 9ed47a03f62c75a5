import type { WithRequestID } from "./api-promise.ts";
import { APIConnectionError, UnexpectedResponseError } from "./errors/api-error.ts";

/**
 * The object in an answer's JSON body, with the request's name in the server's logs beside it.
 *
 * @throws UnexpectedResponseError where the body is not a JSON object: a page of a proxy, for example.
 * @throws APIConnectionError where the body breaks off.
 */
export async function readJson<Value>(response: Response): Promise<WithRequestID<Value>> {
  const contentType = response.headers.get("content-type") ?? "no content type";
  const text = await response.text().catch((cause: unknown) => {
    throw new APIConnectionError({ cause });
  });
  const value = /[/+]json\b/i.test(contentType) ? parseObject(text) : undefined;
  if (value)
    return Object.defineProperty(value, "_request_id", { value: response.headers.get("x-request-id") }) as never;
  const start = text.length > 100 ? `${text.slice(0, 100)}…` : text;
  const message = `Expected a JSON object, got ${contentType}${start ? `: ${start}` : " and no body"}`;
  throw new UnexpectedResponseError(response.status, undefined, message, response.headers);
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
