import type { TransportResponse } from "../transport/transport.ts";

/** A value with the request's name in the server's logs, which does not show among its properties. */
export function withRequestID<Value>(
  value: Value,
  { headers }: TransportResponse,
): Value & { _request_id?: string | null } {
  const named = typeof value === "object" && value !== null;
  return named
    ? Object.defineProperty(value, "_request_id", { value: headers.get("x-request-id") ?? null })
    : (value as Value & {});
}
