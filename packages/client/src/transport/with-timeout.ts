import { anySignal } from "./any-signal.ts";
import { APIConnectionTimeoutError, APIUserAbortError } from "../errors/api-error.ts";
import { iterate } from "./iterate.ts";
import { connectionError } from "./connection-error.ts";
import { requestLine } from "../errors/request-line.ts";
import type { TransportResponse, TransportLayer } from "./transport.ts";

/** The longest time that a timer can wait for, in milliseconds: almost 25 days. */
const longestTimer = 2 ** 31 - 1;

/**
 * Gives an attempt a time in which its response must be there, to the last byte that is read through `chunks`. It holds
 * whatever the transport does: one that does not hear the signal is not waited for.
 *
 * @param milliseconds Infinity for no limit.
 * @throws APIConnectionTimeoutError when the time is over, APIUserAbortError when the caller's signal fired.
 */
export function withTimeout(milliseconds: number): TransportLayer {
  const limit = Math.min(milliseconds, longestTimer);
  return (next) => async (request) => {
    // Taken out, because what the reading of a response refers to lives long, and the request has the image in it.
    const { method, url, signal: callerSignal } = request;
    const controller = new AbortController();
    const signal = callerSignal ? anySignal([callerSignal, controller.signal]) : controller.signal;
    const deadline = performance.now() + limit;
    /** Ends the step that is waited for. */
    let stop: ((error: unknown) => void) | undefined;
    const failure = (cause?: unknown): Error =>
      callerSignal?.aborted
        ? new APIUserAbortError({ cause: callerSignal.reason })
        : new APIConnectionTimeoutError({
            message: `Request timed out. No response within ${milliseconds} ms (${requestLine({ method, url })})`,
            cause: cause ?? controller.signal.reason,
          });
    const fail = (cause: unknown): never => {
      throw signal.aborted ? failure(cause) : connectionError({ method, url }, cause);
    };
    const startTimer = (wait: number): ReturnType<typeof setTimeout> =>
      setTimeout(() => {
        controller.abort();
        stop?.(failure());
      }, wait);
    // This signal lives as long as the attempt: nobody has to stop listening.
    if (callerSignal) signal.addEventListener("abort", () => stop?.(failure()));
    const orStop = <Value>(step: () => Promise<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        stop = reject;
        if (signal.aborted) reject(failure());
        else step().then(resolve, reject);
      });

    const chunksOf = (response: TransportResponse): AsyncIterableIterator<Uint8Array, undefined> => {
      let chunks: AsyncIterator<Uint8Array> | undefined;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const step = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
        chunks ??= response.chunks()[Symbol.asyncIterator]();
        return chunks.next() as Promise<IteratorResult<Uint8Array, undefined>>;
      };
      return iterate(
        () => {
          timer ??= startTimer(Math.max(0, deadline - performance.now()));
          return orStop(step).catch(fail);
        },
        () => {
          clearTimeout(timer);
          // Not waited for: a transport that does not hear the signal may be stuck in its last step.
          void Promise.resolve(chunks?.return?.()).catch(() => {});
        },
      );
    };

    const timer = startTimer(limit);
    let sent: Promise<TransportResponse> | undefined;
    try {
      const response = await orStop(async () => (sent = next({ ...request, signal })));
      return { ...response, request: { method, url }, chunks: () => chunksOf(response) };
    } catch (error) {
      // What comes after the end is given up.
      sent?.then((late) => late.discard()).catch(() => {});
      return fail(error);
    } finally {
      clearTimeout(timer);
    }
  };
}
