import { abortGuard } from "../abort-guard.ts";
import { anySignal } from "../any-signal.ts";
import { APIConnectionTimeoutError, APIUserAbortError } from "../errors/api-error.ts";
import { iterate } from "../iterate.ts";
import { connectionError } from "./connection-error.ts";
import { requestLine } from "../request-line.ts";
import type { TransportAnswer, TransportLayer } from "./transport.ts";

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
    const deadline = performance.now() + limit;
    const startTimer = (wait: number): ReturnType<typeof setTimeout> => setTimeout(() => controller.abort(), wait);
    const signal = callerSignal ? anySignal([callerSignal, controller.signal]) : controller.signal;
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

    const chunksOf = (answer: TransportAnswer): AsyncIterableIterator<Uint8Array, undefined> => {
      let chunks: AsyncIterator<Uint8Array> | undefined;
      const { guard, release } = abortGuard(signal, failure);
      let timer: ReturnType<typeof setTimeout> | undefined;
      return iterate(
        () => {
          timer ??= startTimer(Math.max(0, deadline - performance.now()));
          const step = async (): Promise<IteratorResult<Uint8Array, undefined>> => {
            chunks ??= answer.chunks()[Symbol.asyncIterator]();
            return chunks.next() as Promise<IteratorResult<Uint8Array, undefined>>;
          };
          return guard(step).catch(fail);
        },
        () => {
          clearTimeout(timer);
          release();
          // Not waited for: a transport that does not hear the signal may be stuck in its last step.
          void Promise.resolve(chunks?.return?.()).catch(() => {});
        },
      );
    };

    const timer = startTimer(limit);
    const { guard, release } = abortGuard(signal, failure);
    const answering = async (): Promise<TransportAnswer> => next({ ...request, signal });
    try {
      const answer = await guard(() => {
        const sent = answering();
        // What comes after the end is given up.
        sent.then(
          (late) => signal.aborted && late.discard(),
          () => {},
        );
        return sent;
      });
      return { ...answer, request: { method, url }, chunks: () => chunksOf(answer) };
    } catch (error) {
      return fail(error);
    } finally {
      clearTimeout(timer);
      release();
    }
  };
}
