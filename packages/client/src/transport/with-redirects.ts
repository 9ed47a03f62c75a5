import { OpenAIError } from "../errors/openai-error.ts";
import { requestLine } from "../errors/request-line.ts";
import type { Transport, TransportResponse, TransportLayer, TransportRequest } from "./transport.ts";

/** What another server may know of a request. Everything else may be a credential, or the host's own name. */
const harmlessHeaders = /^(accept|content-type|idempotency-key|user-agent)$/;

/**
 * Follows a redirect only if that sends the same request to the same origin, or to one that the caller has named.
 * Everything else is rejected: a 301, 302 or 303 would make a GET of it, and another host is not to be handed the
 * image. To a named origin the request goes without credentials of any kind.
 *
 * @throws OpenAIError, with the URL that the server redirected to.
 */
export function withRedirects(origins: readonly string[], maximum = 5): TransportLayer {
  const follow = async (next: Transport, request: TransportRequest, left: number): Promise<TransportResponse> => {
    const response = await next(request);
    const { status } = response;
    const location = response.headers.get("location");
    // A browser does not tell what the redirect was, only, by a status of 0, that there was one.
    if (status && (status < 301 || status > 308 || !location)) return response;
    response.discard();
    const target = location ? URL.parse(location, request.url) : null;
    const where = target ? `${target.origin}${target.pathname}` : (location ?? "an unknown URL");
    const reject = (message: string): OpenAIError => new OpenAIError(`${message} (${requestLine(request)})`);
    const which = status ? ` with status ${status}` : "";
    if (status < 307) throw reject(`Redirect${which} to ${where} drops the request body`);
    const same = target?.origin === new URL(request.url).origin;
    if (!target || (!same && !origins.includes(target.origin)))
      throw reject(`Redirect to ${where} leads to another server, which \`redirectOrigins\` can allow`);
    if (left === 0) throw reject(`Too many redirects (${maximum}), the last one to ${where}`);
    if (same) return follow(next, { ...request, url: target.href }, left - 1);
    const headers = new Map([...request.headers].filter(([name]) => harmlessHeaders.test(name)));
    return follow(next, { ...request, url: target.href, headers, credentials: "omit" }, left - 1);
  };
  return (next) => (request) => (request.redirect ? next(request) : follow(next, request, maximum));
}
