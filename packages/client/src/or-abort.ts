import { abortGuard } from "./abort-guard.ts";
import { APIUserAbortError } from "./errors/api-error.ts";

/** What one piece of work comes to, or the error that says that the signal has fired: see {@link abortGuard}. */
export function orAbort<Value>(work: () => Promise<Value>, signal: AbortSignal | null | undefined): Promise<Value> {
  if (!signal) return work();
  const { guard, release } = abortGuard(signal, () => new APIUserAbortError({ cause: signal.reason }));
  return guard(work).finally(release);
}
