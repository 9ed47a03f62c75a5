import { APIUserAbortError } from "../errors/api-error.ts";

/**
 * The result of a piece of work; or, as soon as the signal fires, an APIUserAbortError: work that does not
 * listen to the signal is not waited for. It is not begun if the signal has fired already.
 */
export function orAbort<Value>(work: () => Promise<Value>, signal: AbortSignal | null | undefined): Promise<Value> {
  return signal ? raceAbort(work, signal) : work();
}

async function raceAbort<Value>(work: () => Promise<Value>, signal: AbortSignal): Promise<Value> {
  let abort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(new APIUserAbortError({ cause: signal.reason }));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort);
  });
  try {
    return await (signal.aborted ? aborted : Promise.race([work(), aborted]));
  } finally {
    if (abort) signal.removeEventListener("abort", abort);
  }
}
