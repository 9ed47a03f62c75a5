import { APIUserAbortError } from "./errors/api-error.ts";

/** Ends whatever is waited for when a signal fires. It is listened to once, however much is done meanwhile. */
export interface AbortGuard {
  /**
   * What the work comes to, or at once, when the signal fires first, the error that says so: work that does not listen
   * to the signal is not waited for. It is not begun where the signal has fired already. One work at a time.
   */
  guard<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Listens no more. */
  release(): void;
}

export function abortGuard(signal: AbortSignal | null | undefined): AbortGuard {
  let fail: ((error: Error) => void) | undefined;
  const abort = (): void => fail?.(new APIUserAbortError());
  signal?.addEventListener("abort", abort);
  return {
    guard: (work) =>
      signal
        ? new Promise((resolve, reject) => {
            fail = reject;
            if (signal.aborted) abort();
            else work().then(resolve, reject);
          })
        : work(),
    release: () => signal?.removeEventListener("abort", abort),
  };
}
