import type { Log } from "./log.ts";
import { requestLine } from "../errors/request-line.ts";
import type { TransportLayer } from "./transport.ts";

/** Logs how every attempt ended. Headers and queries are left out: they hold credentials. */
export function withLogging(log: Log): TransportLayer {
  return (next) => async (request) => {
    const started = performance.now();
    const tell = (level: "info" | "debug", outcome: string): void =>
      log(level, () => `${requestLine(request)}: ${outcome}`);
    const took = (): string => `after ${Math.round(performance.now() - started)} ms`;
    tell("debug", `${request.body?.length ?? 0} bytes`);
    try {
      const response = await next(request);
      tell("info", `${response.status}, request ${response.headers.get("x-request-id")}, ${took()}`);
      return response;
    } catch (error) {
      tell("info", `${String(error)} ${took()}`);
      throw error;
    }
  };
}
