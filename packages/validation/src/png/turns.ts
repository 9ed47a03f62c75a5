/** Work in steps, each of which takes less than a millisecond. */
export type Steps<Result> = Generator<void, Result, void>;

const turnMilliseconds = 12;
/** The clock of some Workers stands still while a program runs: then a turn is this many steps. */
const turnSteps = 128;

/**
 * Does work step by step, and lets the event loop turn in between.
 *
 * @returns Undefined if the signal is aborted.
 */
export async function inTurns<Result>(steps: Steps<Result>, signal?: AbortSignal): Promise<Result | undefined> {
  let began = performance.now();
  let count = 0;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    if (++count < turnSteps && performance.now() - began < turnMilliseconds) continue;
    await othersTurn();
    if (signal?.aborted) return undefined;
    began = performance.now();
    count = 0;
  }
}

/** Does work without a pause. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

interface Runtime {
  readonly setImmediate?: (callback: () => void) => unknown;
  readonly scheduler?: { readonly yield?: () => Promise<void> };
}

/** A timer is the slowest of the three: browsers let it wait for 4 ms. */
function othersTurn(): Promise<void> {
  const { setImmediate = setTimeout, scheduler } = globalThis as Runtime;
  return scheduler?.yield?.() ?? new Promise((resolve) => void setImmediate(resolve));
}
