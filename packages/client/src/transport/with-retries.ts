import { APIConnectionError } from "../errors/api-error.ts";
import type { Log } from "./log.ts";
import { orAbort } from "./or-abort.ts";
import type { HeaderFields, Transport, TransportRequest, TransportResponse } from "./transport.ts";

/** A response, and the reading of its body, which may take another attempt. */
export interface Exchange {
  /** The response whose headers came first; its body is unread. */
  readonly response: TransportResponse;
  /**
   * Reads the response. If the connection breaks off meanwhile, the request is sent again, as long as retries are left,
   * and the new response is read.
   */
  read<Value>(reader: (response: TransportResponse) => Promise<Value>): Promise<Value>;
}

/** Sends a request, as often as it may take, and resolves as soon as the headers of a response are there. */
export type Send = (request: TransportRequest) => Promise<Exchange>;

/**
 * Tries again what may well succeed the next time: no connection, no response in time, a body that breaks off, and the
 * statuses 408, 409, 429 and from 500 on, unless the server's `x-should-retry` knows better. Waits as long as the server
 * asks for, if that is within a minute, else from half a second to eight, doubling each time, a little less by chance.
 *
 * @param maximum How often to try again after the first attempt.
 */
export function withRetries(maximum: number, log: Log): (next: Transport) => Send {
  return (next) => async (request) => {
    let retries = 0;
    const wait = async (reason: string | number, requested?: number): Promise<void> => {
      const delay = requested ?? Math.min(500 * 2 ** retries, 8_000) * (1 - Math.random() / 4);
      retries++;
      log("info", () => `Retry ${retries} of ${maximum} in ${Math.round(delay)} ms: ${reason}`);
      await sleep(delay, request.signal);
    };
    /** Waits for the next attempt after a failure of the connection; any other failure is final. */
    const waitAfter = async (error: unknown): Promise<void> => {
      if (retries >= maximum || !(error instanceof APIConnectionError)) throw error;
      await wait(error.message);
    };
    const send = async (): Promise<TransportResponse> => {
      for (;;) {
        try {
          const response = await next(request);
          if (retries >= maximum || !mayBeTriedAgain(response)) return response;
          response.discard();
          await wait(response.status, requestedDelay(response.headers));
        } catch (error) {
          await waitAfter(error);
        }
      }
    };
    const response = await send();
    return {
      response,
      async read(reader) {
        for (let current = response; ; current = await send()) {
          try {
            return await reader(current);
          } catch (error) {
            await waitAfter(error);
          }
        }
      },
    };
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
  const delay = delays.find(Number.isFinite) ?? -1;
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
