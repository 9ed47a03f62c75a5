/**
 * Waits for something, unless a signal ends first.
 *
 * @throws The signal's reason, if it does.
 */
export async function orAbort<Result>(something: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return something;
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason as Error);
  if (signal.aborted) abort();
  signal.addEventListener("abort", abort, { once: true });
  // What is left behind fails when its connections are closed.
  something.catch(() => {});
  try {
    return await Promise.race([something, aborted]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
