import { encodeBase64 } from "../images/base64.ts";

/** The value of `Authorization` for HTTP Basic. */
export function basicAuthorization(username: string, password: string): string {
  return `Basic ${encodeBase64(new TextEncoder().encode(`${username}:${password}`))}`;
}
