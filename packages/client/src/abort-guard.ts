/** Ends whatever is waited for when a signal fires. It is listened to once, however much is done meanwhile. */
export interface AbortGuard {
  /**
   * What the work comes to, or at once, when the signal fires first, the error that says so: work that does not listen
   * to the signal is not waited for. It is not begun if the signal has fired already. One work at a time.
   */
  guard<Value>(work: () => Promise<Value>): Promise<Value>;
  /** Listens no more. */
  release(): void;
}

/** @param failure Makes the error. */
export function abortGuard(signal: AbortSignal, failure: () => Error): AbortGuard {
  let fail: ((error: Error) => void) | undefined;
  const abort = (): void => fail?.(failure());
  signal.addEventListener("abort", abort);
  return {
    guard: (work) =>
      new Promise((resolve, reject) => {
        fail = reject;
        if (signal.aborted) abort();
        else work().then(resolve, reject);
      }),
    release: () => signal.removeEventListener("abort", abort),
  };
}
