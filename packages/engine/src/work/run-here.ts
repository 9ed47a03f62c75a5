import type { Work } from "./work.ts";

/** How long the calling thread is kept before others of its event loop have their turn. */
const turnMilliseconds = 16;

/** Does the work on the calling thread. Rejects with the signal's reason soon after it is aborted. */
export async function runHere<Result>(work: Work<Result>, signal: AbortSignal | undefined): Promise<Result> {
  let turnEnds = performance.now() + turnMilliseconds;
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() < turnEnds) continue;
    await new Promise((resolve) => void setTimeout(resolve, 0));
    signal?.throwIfAborted();
    turnEnds = performance.now() + turnMilliseconds;
  }
}
