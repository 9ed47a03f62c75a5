import { APIUserAbortError } from "./errors/api-error.ts";

/**
 * What the work comes to, or at once, when the signal fires first, the error that says so: work that does not listen
 * to the signal is not waited for. It is not begun where the signal has fired already.
 */
export async function orAbort<Value>(
  work: () => Promise<Value>,
  signal: AbortSignal | null | undefined,
): Promise<Value> {
  if (signal?.aborted) throw new APIUserAbortError();
  if (!signal) return work();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(new APIUserAbortError());
  signal.addEventListener("abort", abort);
  try {
    return await Promise.race([aborted, work()]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}
