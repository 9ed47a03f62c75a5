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
  const limit = Math.min(milliseconds, longestTimer);
  return (next) => async (request) => {
    const attempt = new BoundedAttempt(request, milliseconds);
    const timer = attempt.startTimer(limit);
    let sent: Promise<TransportResponse> | undefined;
    try {
      const response = await attempt.orStop(() => (sent = next({ ...request, signal: attempt.signal })));
      return { ...response, request: attempt.request, chunks: () => attempt.chunksOf(response) };
    } catch (error) {
      // What comes after the end is given up.
      sent?.then((late) => late.discard()).catch(() => {});
      return attempt.fail(error);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** One attempt, from its start to the end of its response. */
class BoundedAttempt {
  /** Not the request itself: what the reading of a response refers to lives long, and the request has the image in it. */
  readonly request: RequestName;
  readonly signal: AbortSignal;
  readonly #milliseconds: number;
  readonly #deadline: number;
  readonly #callerSignal: AbortSignal | null | undefined;
  readonly #controller = new AbortController();
  /** Ends the step that is waited for. */
  #stop: ((error: unknown) => void) | undefined;

  constructor({ method, url, signal }: TransportRequest, milliseconds: number) {
    this.request = { method, url };
    this.#milliseconds = milliseconds;
    this.#deadline = performance.now() + Math.min(milliseconds, longestTimer);
    this.#callerSignal = signal;
    this.signal = signal ? anySignal([signal, this.#controller.signal]) : this.#controller.signal;
    // This signal lives as long as the attempt: no listener has to be removed.
    if (signal) this.signal.addEventListener("abort", () => this.#stop?.(this.#failure()));
  }

  /** @param wait In milliseconds. Default: what is left of the attempt's time. */
  startTimer(wait = Math.max(0, this.#deadline - performance.now())): ReturnType<typeof setTimeout> {
    return setTimeout(() => {
      this.#controller.abort();
      this.#stop?.(this.#failure());
    }, wait);
  }

  /** The result of a step, unless the attempt ends first. */
  orStop<Value>(step: () => Value | PromiseLike<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.#stop = reject;
      if (this.signal.aborted) reject(this.#failure());
      // Not `resolve(step())`, after which a promise waits for the step alone.
      else Promise.resolve(step()).then(resolve, reject);
    });
  }

  chunksOf(response: TransportResponse): AsyncIterableIterator<Uint8Array, undefined> {
    let chunks: AsyncIterator<Uint8Array> | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const step = (): Promise<IteratorResult<Uint8Array, undefined>> => {
      chunks ??= response.chunks()[Symbol.asyncIterator]();
      return chunks.next() as Promise<IteratorResult<Uint8Array, undefined>>;
    };
    return iterate(
      () => {
        timer ??= this.startTimer();
        return this.orStop(step).catch((cause: unknown) => this.fail(cause));
      },
      () => {
        clearTimeout(timer);
        // Not waited for: a transport that does not hear the signal may be stuck in its last step.
        void Promise.resolve(chunks?.return?.()).catch(() => {});
      },
    );
  }

  fail(cause: unknown): never {
    throw this.signal.aborted ? this.#failure(cause) : connectionError(this.request, cause);
  }

  #failure(cause?: unknown): Error {
    if (this.#callerSignal?.aborted) return new APIUserAbortError({ cause: this.#callerSignal.reason });
    return new APIConnectionTimeoutError({
      message: `Request timed out. No response within ${this.#milliseconds} ms (${requestLine(this.request)})`,
      cause: cause ?? this.#controller.signal.reason,
    });
  }
}
