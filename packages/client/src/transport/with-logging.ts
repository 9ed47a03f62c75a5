import type { Log } from "../log.ts";
import { requestLine } from "../request-line.ts";
import type { TransportLayer } from "./transport.ts";

/** Tells of every attempt how it ended. Headers and queries are left out: that is where credentials are. */
export function withLogging(log: Log): TransportLayer {
  return (next) => async (request) => {
    const started = performance.now();
    const tell = (level: "info" | "debug", outcome: string): void =>
      log(level, () => `${requestLine(request)}: ${outcome}`);
    const took = (): string => `after ${Math.round(performance.now() - started)} ms`;
    tell("debug", `${request.body?.length ?? 0} bytes`);
    try {
      const answer = await next(request);
      tell("info", `${answer.status}, request ${answer.headers.get("x-request-id")}, ${took()}`);
      return answer;
    } catch (error) {
      tell("info", `${String(error)} ${took()}`);
      throw error;
    }
  };
}
