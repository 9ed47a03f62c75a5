import type { Log } from "../log.ts";
import type { TransportLayer } from "./transport.ts";

/** Tells of every attempt how it ended. Headers and queries are left out: that is where credentials are. */
export function withLogging(log: Log): TransportLayer {
  return (next) => async (request) => {
    const { origin, pathname } = new URL(request.url);
    const started = performance.now();
    const tell = (outcome: unknown): void => {
      const took = Math.round(performance.now() - started);
      log("info", () => `${request.method} ${origin}${pathname}: ${String(outcome)} after ${took} ms`);
    };
    log("debug", () => `${request.method} ${origin}${pathname}: ${request.body?.length ?? 0} bytes`);
    try {
      const answer = await next(request);
      tell(`${answer.status}, request ${answer.headers.get("x-request-id")},`);
      return answer;
    } catch (error) {
      tell(error);
      throw error;
    }
  };
}
