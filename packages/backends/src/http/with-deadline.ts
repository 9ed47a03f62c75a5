/**
 * Ends work when the time is up, or when the outer signal fires, by a signal of its own.
 *
 * @param milliseconds At most 2,147,483,647.
 * @param expired Makes the error for work that ran out of time.
 * @throws the outer signal's reason if it fired first.
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
  const ended = Promise.withResolvers<never>();
  const end = (reason: unknown): void => {
    ended.reject(reason);
    controller.abort(reason);
  };
  const leave = (): void => end(signal?.reason);
  const timer = setTimeout(() => end(expired()), milliseconds);
  signal?.addEventListener("abort", leave, { once: true });
  try {
    // Not only by the signal: a transport that does not hear it would be waited for.
    return await Promise.race([work(controller.signal), ended.promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", leave);
  }
}
