import { unexpectedResponse } from "./errors/unexpected-response.ts";
import type { TransportAnswer } from "./transport/transport.ts";

/**
 * The object in an answer's JSON text, or in a part of it.
 *
 * @param quoted What the error quotes. Default: the text.
 * @throws UnexpectedResponseError where it is not a JSON object: a page of a proxy, for example.
 */
export function parseJson(answer: TransportAnswer, text: string, quoted: string = text): object {
  const contentType = answer.headers.get("content-type");
  if (/[/+]json\b/i.test(contentType ?? "")) {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "object" && value && !Array.isArray(value)) return value;
    } catch {
      // Then it is no JSON, whatever it is called.
    }
  }
  const start = quoted.length > 100 ? `${quoted.slice(0, 100)}...` : quoted || "nothing";
  throw unexpectedResponse(answer, `Expected a JSON object, got ${contentType ?? "no content type"}: ${start}`);
}
