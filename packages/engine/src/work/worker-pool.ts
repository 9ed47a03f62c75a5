import { systemClock, type Clock } from "./clock.ts";
import { startWorker, type StartWorker } from "./start-worker.ts";
import { SupervisedWorker, type Employer } from "./supervised-worker.ts";

/** Workers, kept for a while when they have nothing to do: a call finds them started, and their code compiled. */
export interface WorkerPool {
  /** A worker for a call, or undefined if the runtime has none. Throws {@link WorkerError} if it starts none. */
  hire(employer: Employer): SupervisedWorker | undefined;
  /** Takes a worker back from its call. One that still works is ended. */
  release(worker: SupervisedWorker): void;
}

export interface WorkerPoolOptions {
  readonly start?: StartWorker;
  readonly clock?: Clock;
  /** How many workers may wait for work. @default the number of cores */
  readonly mostIdle?: number;
}

/** After so long without work a worker is ended, and its memory freed. */
const idleMilliseconds = 10_000;

export function createWorkerPool(options: WorkerPoolOptions = {}): WorkerPool {
  const {
    start = startWorker,
    clock = systemClock,
    mostIdle = globalThis.navigator?.hardwareConcurrency ?? 1,
  } = options;
  /** Those that wait, each with what stops its timer. */
  const idle = new Map<SupervisedWorker, () => void>();
  const forget = (worker: SupervisedWorker): void => {
    idle.get(worker)?.();
    idle.delete(worker);
  };
  return {
    hire(employer) {
      const waiting = [...idle.keys()];
      const worker =
        waiting.findLast(({ isReady }) => isReady) ?? waiting.at(-1) ?? SupervisedWorker.start(start, clock, forget);
      if (!worker) return undefined;
      forget(worker);
      worker.workFor(employer);
      return worker;
    },
    release(worker) {
      if (!worker.canRest || idle.size >= mostIdle) return worker.end();
      worker.rest();
      idle.set(
        worker,
        clock(idleMilliseconds, () => worker.end()),
      );
    },
  };
}

/** The pool that all calls share. */
export const sharedPool: WorkerPool = createWorkerPool();
