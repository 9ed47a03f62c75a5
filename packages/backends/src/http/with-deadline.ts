/**
 * Ends work by a signal when the time is up, or when the outer signal fires.
 *
 * @param milliseconds At most 2,147,483,647.
 * @param expired Makes the error for work that ran out of time.
 * @throws the outer signal's reason if it fired, whatever the work throws then.
 */
export async function withDeadline<Value>(
  {
    milliseconds,
    signal,
    expired,
  }: { readonly milliseconds: number; readonly signal: AbortSignal | undefined; readonly expired: () => Error },
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const leave = (): void => controller.abort(signal?.reason);
  let isExpired = false;
  const timer = setTimeout(() => {
    isExpired = true;
    controller.abort();
  }, milliseconds);
  signal?.addEventListener("abort", leave, { once: true });
  try {
    return await work(controller.signal);
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    throw isExpired ? expired() : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", leave);
  }
}
