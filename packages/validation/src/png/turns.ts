/** Shares the thread with everything else that waits for it. */
export interface Turns {
  /** Whether to let others go on. To be asked after every fraction of a millisecond. */
  isOver(): boolean;
  /** Lets them, and begins the next turn. */
  next(): Promise<void>;
}

const turnMilliseconds = 12;
/** Where the clock stands still while a program runs, as in some Workers, so many steps are a turn. */
const turnSteps = 128;

/** Begins a turn. */
export function createTurns(): Turns {
  let began = performance.now();
  let steps = 0;
  return {
    isOver: () => ++steps >= turnSteps || performance.now() - began >= turnMilliseconds,
    next: async () => {
      await othersTurn();
      began = performance.now();
      steps = 0;
    },
  };
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
