import { anySignal } from "../any-signal.ts";
import { APIConnectionError, APIConnectionTimeoutError, APIUserAbortError } from "../errors/api-error.ts";
import { iterate } from "../iterate.ts";
import type { TransportAnswer, TransportLayer } from "./transport.ts";

/**
 * Gives an attempt a time in which its answer must be there, to the last byte that is read through `chunks`.
 *
 * @throws APIConnectionTimeoutError where the time is over, APIUserAbortError where the caller's signal fired.
 */
export function withTimeout(milliseconds: number): TransportLayer {
  return (next) => async (request) => {
    // Taken out, because what the reading of an answer refers to lives long, and the request has the picture in it.
    const callerSignal = request.signal;
    const controller = new AbortController();
    const deadline = performance.now() + milliseconds;
    const giveUp = (): void => controller.abort();
    const timer = setTimeout(giveUp, milliseconds);
    const signal = callerSignal ? anySignal([callerSignal, controller.signal]) : controller.signal;
    const meaningOf = (error: unknown): unknown => {
      if (callerSignal?.aborted) return new APIUserAbortError();
      return controller.signal.aborted ? new APIConnectionTimeoutError() : error;
    };

    const chunksOf = (answer: TransportAnswer): AsyncIterableIterator<Uint8Array, undefined> => {
      const chunks = answer.chunks()[Symbol.asyncIterator]();
      let bodyTimer: ReturnType<typeof setTimeout> | undefined;
      return iterate(
        async () => {
          bodyTimer ??= setTimeout(giveUp, Math.max(0, deadline - performance.now()));
          try {
            return await chunks.next();
          } catch (cause) {
            throw meaningOf(cause instanceof APIConnectionError ? cause : new APIConnectionError({ cause }));
          }
        },
        () => {
          clearTimeout(bodyTimer);
          return chunks.return?.();
        },
      );
    };

    try {
      const answer = await next({ ...request, signal });
      return { ...answer, chunks: () => chunksOf(answer) };
    } catch (error) {
      throw meaningOf(error);
    } finally {
      clearTimeout(timer);
    }
  };
}
