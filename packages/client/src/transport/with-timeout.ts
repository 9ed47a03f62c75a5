import { APIConnectionError, APIConnectionTimeoutError, APIUserAbortError } from "../errors/api-error.ts";
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
    const signal = callerSignal ? AbortSignal.any([callerSignal, controller.signal]) : controller.signal;
    const meaningOf = (error: unknown): unknown => {
      if (callerSignal?.aborted) return new APIUserAbortError();
      return controller.signal.aborted ? new APIConnectionTimeoutError() : error;
    };

    async function* chunksOf(answer: TransportAnswer): AsyncGenerator<Uint8Array> {
      const bodyTimer = setTimeout(giveUp, Math.max(0, deadline - performance.now()));
      try {
        yield* answer.chunks();
      } catch (cause) {
        throw meaningOf(cause instanceof APIConnectionError ? cause : new APIConnectionError({ cause }));
      } finally {
        clearTimeout(bodyTimer);
      }
    }

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
