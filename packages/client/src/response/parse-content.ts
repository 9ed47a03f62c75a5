import type { TransportResponse } from "../transport/transport.ts";
import { parseJson } from "./parse-json.ts";

/**
 * JSON as its value, text as a string, anything else as a Blob, and nothing as undefined.
 *
 * @throws UnexpectedResponseError if what is called JSON is not.
 */
export function parseContent(response: TransportResponse, bytes: Uint8Array<ArrayBuffer>): unknown {
  const type = response.headers.get("content-type") ?? "";
  if (bytes.length === 0) return undefined;
  const text = (): string => new TextDecoder().decode(bytes);
  if (/[/+]json\b/i.test(type)) return parseJson(response, text(), { kind: "value" });
  return /^text\//i.test(type) ? text() : new Blob([bytes], { type });
}
