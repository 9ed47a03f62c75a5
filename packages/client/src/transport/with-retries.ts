import { APIConnectionError } from "../errors/api-error.ts";
import type { Log } from "./log.ts";
import { orAbort } from "./or-abort.ts";
import type { HeaderFields, TransportResponse, TransportLayer } from "./transport.ts";

/**
 * Tries again what may well succeed the next time: no connection, no response in time, and the statuses 408, 409, 429
 * and from 500 on, unless the server's `x-should-retry` knows better. Waits as long as the server asks for, if that is
 * within a minute, else from half a second to eight, doubling each time, a little less by chance. Whoever reads an
 * response whose body breaks off goes on with its `again`.
 *
 * @param maximum How often to try again after the first attempt.
 */
export function withRetries(maximum: number, log: Log): TransportLayer {
  return (next) => (request) => {
    const attempt = async (retries: number): Promise<TransportResponse> => {
      const retry = async (reason: string | number, requested?: number): Promise<TransportResponse> => {
        const delay = requested ?? Math.min(500 * 2 ** retries, 8_000) * (1 - Math.random() / 4);
        log("info", () => `Retry ${retries + 1} of ${maximum} in ${Math.round(delay)} ms: ${reason}`);
        await sleep(delay, request.signal);
        return attempt(retries + 1);
      };
      const again = (error: unknown): Promise<TransportResponse> => {
        if (retries >= maximum || !(error instanceof APIConnectionError)) throw error;
        return retry(error.message);
      };
      let response: TransportResponse;
      try {
        response = await next(request);
      } catch (error) {
        return again(error);
      }
      if (retries >= maximum || !mayBeTriedAgain(response)) return { ...response, again };
      response.discard();
      return retry(response.status, requestedDelay(response.headers));
    };
    return attempt(0);
  };
}

function mayBeTriedAgain({ status, headers }: TransportResponse): boolean {
  const advice = headers.get("x-should-retry");
  // A success is never sent again: it may have been paid for.
  return (
    (advice === "true" && status > 299) || (advice !== "false" && ([408, 409, 429].includes(status) || status >= 500))
  );
}

/** What the server asks for, in milliseconds; undefined if it asks for nothing, or for more than a minute. */
function requestedDelay(headers: HeaderFields): number | undefined {
  // A missing header is not a number either.
  const after = String(headers.get("retry-after"));
  const delays = [
    parseFloat(String(headers.get("retry-after-ms"))),
    parseFloat(after) * 1_000,
    Date.parse(after) - Date.now(),
  ];
  const delay = delays.find(Number.isFinite)!;
  return delay >= 0 && delay <= 60_000 ? delay : undefined;
}

async function sleep(milliseconds: number, signal: AbortSignal | null | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await orAbort(() => new Promise<void>((wake) => (timer = setTimeout(wake, milliseconds))), signal);
  } finally {
    clearTimeout(timer);
  }
}
