import { APIConnectionError } from "../errors/api-error.ts";
import { orAbort } from "../or-abort.ts";
import type { Log } from "../log.ts";
import type { TransportAnswer, TransportLayer } from "./transport.ts";

/**
 * Tries again what may well succeed the next time: no connection, no answer in time, and the statuses 408, 409, 429
 * and from 500 on, unless the server's `x-should-retry` knows better. Waits as long as the server asks for, if that is
 * within a minute, else from half a second to eight, doubling each time, a little less by chance.
 *
 * @param maximum How often to try again after the first attempt.
 */
export function withRetries(maximum: number, log: Log): TransportLayer {
  return (next) => async (request) => {
    for (let retries = 0; ; retries++) {
      let delay: number | undefined;
      let reason: string;
      try {
        const answer = await next(request);
        if (retries >= maximum || !mayBeTriedAgain(answer)) return answer;
        delay = requestedDelay(answer.headers);
        reason = `The server answered ${answer.status}.`;
        answer.discard();
      } catch (error) {
        if (retries >= maximum || !(error instanceof APIConnectionError)) throw error;
        reason = error.message;
      }
      delay ??= Math.min(500 * 2 ** retries, 8_000) * (1 - Math.random() / 4);
      const wait = delay;
      log("info", () => `${reason} Retry ${retries + 1} of ${maximum} in ${Math.round(wait)} ms.`);
      await sleep(wait, request.signal);
    }
  };
}

function mayBeTriedAgain({ status, headers }: TransportAnswer): boolean {
  const advice = headers.get("x-should-retry");
  return advice === "true" || (advice !== "false" && ([408, 409, 429].includes(status) || status >= 500));
}

/** What the server asks for, in milliseconds; undefined where it asks for nothing, or for more than a minute. */
function requestedDelay(headers: Headers): number | undefined {
  const after = headers.get("retry-after") ?? "";
  const delay = [
    parseFloat(headers.get("retry-after-ms") ?? ""),
    parseFloat(after) * 1_000,
    Date.parse(after) - Date.now(),
  ].find((milliseconds) => !Number.isNaN(milliseconds));
  return delay !== undefined && delay >= 0 && delay <= 60_000 ? delay : undefined;
}

async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await orAbort(() => new Promise<void>((wake) => (timer = setTimeout(wake, milliseconds))), signal);
  } finally {
    clearTimeout(timer);
  }
}
