import { anySignal } from "./any-signal.ts";
import { APIConnectionTimeoutError, APIUserAbortError } from "../errors/api-error.ts";
import { iterate } from "./iterate.ts";
import { connectionError } from "./connection-error.ts";
import { type RequestName, requestLine } from "../errors/request-line.ts";
import type { TransportLayer, TransportRequest, TransportResponse } from "./transport.ts";

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
  return (next) => async (request) => {
    const attempt = boundAttempt(request, milliseconds);
    const timer = attempt.startTimer(Math.min(milliseconds, longestTimer));
    let sent: Promise<TransportResponse> | undefined;
    try {
      const response = await attempt.orStop(() => (sent = next({ ...request, signal: attempt.signal })));
      return { ...response, request: attempt.name, chunks: () => chunksOf(response, attempt) };
    } catch (error) {
      // What comes after the end is given up.
      sent?.then((late) => late.discard()).catch(() => {});
      throw attempt.errorOf(error);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** One attempt, from its start to the end of its response. */
interface BoundedAttempt {
  /** Not the request itself: what the reading of a response refers to lives long, and the request has the image in it. */
  readonly name: RequestName;
  readonly signal: AbortSignal;
  /** @param wait In milliseconds. Default: what is left of the attempt's time. */
  startTimer(wait?: number): ReturnType<typeof setTimeout>;
  /** The result of a step, unless the attempt ends first. */
  orStop<Value>(step: () => Value | PromiseLike<Value>): Promise<Value>;
  /** The error for a step that failed, which may be because the attempt has ended. */
  errorOf(cause: unknown): Error;
}

function boundAttempt({ method, url, signal: caller }: TransportRequest, milliseconds: number): BoundedAttempt {
  const name = { method, url };
  const controller = new AbortController();
  const signal = caller ? anySignal([caller, controller.signal]) : controller.signal;
  const deadline = performance.now() + Math.min(milliseconds, longestTimer);
  let stop: ((error: unknown) => void) | undefined;
  const endOf = (cause: unknown = controller.signal.reason): Error =>
    caller?.aborted
      ? new APIUserAbortError({ cause: caller.reason })
      : new APIConnectionTimeoutError({
          message: `Request timed out. No response within ${milliseconds} ms (${requestLine(name)})`,
          cause,
        });
  const end = (): void => stop?.(endOf());
  // This signal lives as long as the attempt: no listener has to be removed.
  signal.addEventListener("abort", end);
  return {
    name,
    signal,
    startTimer: (wait = Math.max(0, deadline - performance.now())) => setTimeout(() => controller.abort(), wait),
    orStop: (step) =>
      new Promise((resolve, reject) => {
        stop = reject;
        if (signal.aborted) end();
        // Not `resolve(step())`, after which a promise waits for the step alone.
        else Promise.resolve(step()).then(resolve, reject);
      }),
    errorOf: (cause) => (signal.aborted ? endOf(cause) : connectionError(name, cause)),
  };
}

function chunksOf(
  response: TransportResponse,
  { startTimer, orStop, errorOf }: BoundedAttempt,
): AsyncIterableIterator<Uint8Array, undefined> {
  let chunks: AsyncIterator<Uint8Array> | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const step = (): Promise<IteratorResult<Uint8Array, undefined>> => {
    chunks ??= response.chunks()[Symbol.asyncIterator]();
    return chunks.next() as Promise<IteratorResult<Uint8Array, undefined>>;
  };
  return iterate(
    () => {
      timer ??= startTimer();
      return orStop(step).catch((cause: unknown) => {
        throw errorOf(cause);
      });
    },
    () => {
      clearTimeout(timer);
      // Not waited for: a transport that does not hear the signal may be stuck in its last step.
      void Promise.resolve(chunks?.return?.()).catch(() => {});
    },
  );
}
