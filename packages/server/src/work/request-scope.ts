/** How long a request lasts, and what ends it early: its caller, a limit, the server. */
export interface RequestScope {
  readonly signal: AbortSignal;
  /** Ends everything that is done for the request. */
  abort(reason: Error): void;
  /** Ends it after a time in milliseconds, unless the returned function is called first. */
  limit(duration: number, reason: () => Error): () => void;
  /** Nothing can end it any more; timers and listeners are gone. */
  close(): void;
}

/** @param request Its signal ends if its caller leaves. */
export function openScope(request: Pick<Request, "signal">): RequestScope {
  const controller = new AbortController();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  const abort = (reason: Error): void => {
    close();
    controller.abort(reason);
  };
  const { signal: callerSignal } = request;
  const onLeave = (): void => abort(callerSignal.reason as Error);
  const close = (): void => {
    // The request, and not its signal alone: in Node, a signal that follows another one does so only as long as its
    // Request is not collected.
    request.signal.removeEventListener("abort", onLeave);
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
  };
  if (callerSignal.aborted) onLeave();
  else callerSignal.addEventListener("abort", onLeave, { once: true });
  return {
    signal: controller.signal,
    abort,
    limit(duration, reason) {
      const timer = setTimeout(() => abort(reason()), duration);
      // A program that has nothing else to do may end: nobody waits for a limit.
      if (typeof timer === "object") timer.unref();
      timers.add(timer);
      return () => {
        clearTimeout(timer);
        timers.delete(timer);
      };
    },
    close,
  };
}
