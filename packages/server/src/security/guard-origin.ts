import { hostNotAllowed, originNotAllowed } from "../errors/wire-errors.ts";
import type { Platform } from "../platform.ts";
import type { Reply } from "../response/reply.ts";

/** The pages that may call the server from a browser: a list of origins, or `*` for all. */
export type CorsOrigins = readonly string[] | "*";

/**
 * Keeps out requests that name a foreign host, with which a page rebinds its own name to this machine, and pages of
 * other origins if no key is needed.
 *
 * @throws RequestError (403)
 */
export function guardOrigin(headers: Headers, platform: Platform, origins: CorsOrigins): void {
  const host = headers.get("host");
  const { allowedHosts, rejectsForeignOrigins = false } = platform;
  if (allowedHosts && host !== null && !allowedHosts.includes(nameOf(host))) throw hostNotAllowed(host);
  const origin = headers.get("origin");
  if (!rejectsForeignOrigins || origin === null || isAllowed(origin, origins)) return;
  // A page that this server's own host served, on whatever port, is not foreign.
  const originHost = URL.parse(origin)?.hostname;
  if (originHost === undefined || host === null || originHost !== nameOf(host)) throw originNotAllowed(origin);
}

/** What lets the pages of allowed origins read a response. */
export function corsHeaders(headers: Headers, origins: CorsOrigins): Readonly<Record<string, string>> {
  const origin = headers.get("origin");
  if (origins.length === 0) return {};
  const vary = origins === "*" ? {} : { vary: "origin" };
  if (origin === null || !isAllowed(origin, origins)) return vary;
  return {
    ...vary,
    "access-control-allow-origin": origins === "*" ? "*" : origin,
    "access-control-expose-headers": exposed,
  };
}

/** The response to a browser's preflight; undefined if it is not one, or the origin is not allowed. */
export function preflightReply(method: string, headers: Headers, origins: CorsOrigins): Reply | undefined {
  const origin = headers.get("origin");
  const wanted = headers.get("access-control-request-method");
  if (method !== "OPTIONS" || origin === null || wanted === null || !isAllowed(origin, origins)) return undefined;
  return {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET, HEAD, POST",
      "access-control-allow-headers": headers.get("access-control-request-headers") ?? "authorization, content-type",
      "access-control-max-age": "600",
    },
    body: null,
  };
}

const exposed =
  "x-request-id, openai-processing-ms, retry-after, x-ratelimit-limit-requests, x-ratelimit-remaining-requests, " +
  "x-ratelimit-reset-requests, etag, content-range, accept-ranges";

function isAllowed(origin: string, origins: CorsOrigins): boolean {
  return origins === "*" || origins.includes(origin);
}

/** A host without its port, in lower case. */
function nameOf(host: string): string {
  return host.replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
}
