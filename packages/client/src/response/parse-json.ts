import { unexpectedResponse } from "../errors/unexpected-response.ts";
import type { TransportResponse } from "../transport/transport.ts";

/** What the JSON of a response has to be. */
interface ExpectedJson {
  /** Default: an object. */
  readonly kind?: "object" | "array" | "value";
  /** What the error quotes. Default: the text. */
  readonly quoted?: () => string;
}

/**
 * The value of a response's JSON text, or of a part of it.
 *
 * @throws UnexpectedResponseError if it is not the JSON that it has to be: a page of a proxy, for example.
 */
export function parseJson(
  response: TransportResponse,
  text: string,
  { kind = "object", quoted = () => text }: ExpectedJson = {},
): unknown {
  const contentType = response.headers.get("content-type");
  if (/[/+]json\b/i.test(contentType ?? "")) {
    try {
      const value: unknown = JSON.parse(text);
      const found = Array.isArray(value) ? "array" : typeof value === "object" && value ? "object" : "value";
      if (kind === "value" || kind === found) return value;
    } catch {
      // Then it is not JSON, whatever it is called.
    }
  }
  const start = quoted().slice(0, 101);
  const shown = start.length > 100 ? `${start.slice(0, 100)}...` : start || "nothing";
  const expected = kind === "value" ? "JSON" : `a JSON ${kind}`;
  throw unexpectedResponse(response, `Expected ${expected}, got ${contentType ?? "no content type"}: ${shown}`);
}
