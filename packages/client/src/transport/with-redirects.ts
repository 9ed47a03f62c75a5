import { OpenAIError } from "../errors/openai-error.ts";
import type { Transport, TransportAnswer, TransportLayer, TransportRequest } from "./transport.ts";

/**
 * Follows a redirect only where that sends the same request to the same origin, or to one that the caller has named.
 * Everything else is refused: a 301, 302 or 303 would make a GET of it, and another host is not to be handed the
 * picture. To a named origin the request goes without the API key, as browsers do it.
 *
 * @throws OpenAIError, with where the server wanted the request to go.
 */
export function withRedirects(origins: readonly string[], maximum = 5): TransportLayer {
  const follow = async (next: Transport, request: TransportRequest, left: number): Promise<TransportAnswer> => {
    const answer = await next(request);
    const { status } = answer;
    const location = answer.headers.get("location");
    // A browser does not tell what the redirect was, only, by a status of 0, that there was one.
    if (status && (status < 301 || status > 308 || !location)) return answer;
    answer.discard();
    const target = URL.parse(`${location}`, request.url);
    const same = target?.origin === new URL(request.url).origin;
    const why =
      status < 307
        ? "which loses its body"
        : !target || (!same && !origins.includes(target.origin))
          ? "another server, which `redirectOrigins` can allow"
          : !left && "once too often";
    if (why) throw new OpenAIError(`The server redirects the request to ${target?.href ?? location}, ${why}.`);
    const headers = new Map(request.headers);
    if (!same) headers.delete("authorization");
    return follow(next, { ...request, url: target!.href, headers }, left - 1);
  };
  return (next) => (request) => follow(next, request, maximum);
}
