import type { TransportRequest } from "./transport/transport.ts";

/** Method and URL, as logs and errors name a request: without query and password, which may be credentials. */
export function requestLine({ method, url }: Pick<TransportRequest, "method" | "url">): string {
  const { protocol, host, pathname } = new URL(url);
  return `${method} ${protocol}//${host}${pathname}`;
}
