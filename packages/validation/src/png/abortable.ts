import { describeValue } from "../parameters/describe-value.ts";
import { sentence } from "../sentence.ts";

/**
 * Checks that a signal, if there is one, is one, and isn't aborted yet.
 *
 * @throws TypeError if it isn't a signal; the signal's reason if it is aborted.
 */
export function checkSignal(signal: AbortSignal | null | undefined): void {
  if (signal && typeof signal.throwIfAborted !== "function") {
    throw new TypeError(sentence("signal", describeValue(signal), "an AbortSignal"));
  }
  signal?.throwIfAborted();
}

/**
 * A promise that a signal ends early.
 *
 * @param cancel Called with the signal's reason, so that what the promise waits for can be given up.
 * @throws The signal's reason, as soon as it is aborted.
 */
export function abortable<Value>(
  promise: Promise<Value>,
  signal: AbortSignal,
  cancel: (reason: unknown) => void,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      reject(signal.reason as Error);
      cancel(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
