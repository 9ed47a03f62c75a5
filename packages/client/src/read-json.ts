import { unexpectedResponse } from "./errors/unexpected-response.ts";
import { readText } from "./read-text.ts";
import type { TransportAnswer } from "./transport/transport.ts";

/**
 * The object in an answer's JSON body.
 *
 * @throws UnexpectedResponseError where the body is not a JSON object (a page of a proxy, for example), or too large.
 * @throws APIConnectionError where the body breaks off.
 */
export async function readJson(answer: TransportAnswer, maximumBytes: number): Promise<object> {
  const text = await readText(answer, maximumBytes);
  const contentType = answer.headers.get("content-type");
  if (/[/+]json\b/i.test(contentType ?? "")) {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "object" && value && !Array.isArray(value)) return value;
    } catch {
      // Then it is no JSON, whatever it is called.
    }
  }
  const start = text.length > 100 ? `${text.slice(0, 100)}…` : text || "nothing";
  throw unexpectedResponse(answer, `Expected a JSON object, got ${contentType ?? "no content type"}: ${start}`);
}
