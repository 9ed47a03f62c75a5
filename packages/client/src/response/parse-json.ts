import { unexpectedResponse } from "../errors/unexpected-response.ts";
import type { TransportResponse } from "../transport/transport.ts";

/**
 * The object in a response's JSON text, or in a part of it.
 *
 * @param quoted What the error quotes. Default: the text.
 * @throws UnexpectedResponseError if it is not a JSON object: a page of a proxy, for example.
 */
export function parseJson(response: TransportResponse, text: string, quoted = (): string => text): object {
  const contentType = response.headers.get("content-type");
  if (/[/+]json\b/i.test(contentType ?? "")) {
    try {
      const value: unknown = JSON.parse(text);
      if (typeof value === "object" && value && !Array.isArray(value)) return value;
    } catch {
      // Then it is not JSON, whatever it is called.
    }
  }
  const start = quoted().slice(0, 101);
  const shown = start.length > 100 ? `${start.slice(0, 100)}...` : start || "nothing";
  throw unexpectedResponse(response, `Expected a JSON object, got ${contentType ?? "no content type"}: ${shown}`);
}
