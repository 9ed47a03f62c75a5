import { WorkerError } from "../engine-error.ts";
import type { Clock } from "./clock.ts";
import type { EngineWorker, StartWorker } from "./start-worker.ts";
import { isExpected, type FromWorker, type Result, type Task, type ToWorker } from "./worker-messages.ts";

/** What a call hears of a worker that works for it. */
export interface Employer {
  /** The bytes of a variation, by which a worker's results are checked. */
  readonly bytes: number;
  onReady(worker: SupervisedWorker): void;
  onProgress(index: number, done: number): void;
  /** The worker is ready for another task. */
  onResult(worker: SupervisedWorker, result: Result): void;
  /** The worker does nothing more: its task must be done elsewhere. */
  onLost(worker: SupervisedWorker, error: WorkerError): void;
}

/** How often workers are looked after. */
const tickMilliseconds = 1000;
/** How many ticks a worker that starts, or works, may be silent. */
const ticksToStart = 5;
const ticksToWork = 30;

/** A worker that is given up if it does not start, fails, ends, hangs, or sends what it should not. */
export class SupervisedWorker {
  readonly #clock: Clock;
  readonly #onGone: (worker: SupervisedWorker) => void;
  #worker: EngineWorker | undefined;
  #employer: Employer | undefined;
  #task: Task | undefined;
  #isReady = false;
  #isGone = false;
  /** Ticks, not time: those that a sleeping machine or a busy thread misses don't count. */
  #silentTicks = 0;
  #stopTicks: (() => void) | undefined;

  private constructor(clock: Clock, onGone: (worker: SupervisedWorker) => void) {
    this.#clock = clock;
    this.#onGone = onGone;
  }

  /**
   * Starts a worker, or returns undefined if the runtime has none.
   *
   * @param onGone Called once it has ended, whatever the reason.
   * @throws {@link WorkerError} if none can be started.
   */
  static start(
    start: StartWorker,
    clock: Clock,
    onGone: (worker: SupervisedWorker) => void,
  ): SupervisedWorker | undefined {
    const supervised = new SupervisedWorker(clock, onGone);
    try {
      supervised.#worker = start({
        onMessage: (message) => supervised.#hear(message),
        onError: (cause) => supervised.#fail(cause),
      });
    } catch (cause) {
      throw new WorkerError("worker_not_started", "A worker could not be started.", { cause });
    }
    if (!supervised.#worker) return undefined;
    if (!supervised.#isReady) supervised.#watch();
    return supervised;
  }

  get isReady(): boolean {
    return this.#isReady && !this.#isGone;
  }

  get task(): Task | undefined {
    return this.#task;
  }

  /** Whether it can wait for the next call without keeping the process alive. */
  get canRest(): boolean {
    return !this.#isGone && this.#task === undefined && this.#worker?.holdProcess !== undefined;
  }

  /** Has the worker report to a call. */
  workFor(employer: Employer): void {
    this.#employer = employer;
    this.#worker?.holdProcess?.(true);
  }

  rest(): void {
    this.#employer = undefined;
    this.#worker?.holdProcess?.(false);
  }

  tell(message: Exclude<ToWorker, Task>): void {
    this.#worker?.post(message);
  }

  give(task: Task): void {
    this.#task = task;
    this.#worker?.post(task);
    this.#watch();
  }

  end(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#stopTicks?.();
    this.#worker?.end();
    this.#onGone(this);
  }

  #giveUp(error: WorkerError): void {
    if (this.#isGone) return;
    const employer = this.#employer;
    this.end();
    employer?.onLost(this, error);
  }

  #fail(cause: unknown): void {
    const [code, message] = this.#isReady
      ? (["worker_failed", "A worker failed."] as const)
      : (["worker_not_started", "A worker could not be started."] as const);
    this.#giveUp(new WorkerError(code, message, { cause }));
  }

  #watch(): void {
    this.#silentTicks = 0;
    this.#stopTicks ??= this.#clock(tickMilliseconds, () => {
      this.#silentTicks += 1;
      if (!this.#isReady && this.#silentTicks >= ticksToStart) {
        this.#giveUp(new WorkerError("worker_not_started", `A worker did not start within ${ticksToStart} seconds.`));
      } else if (this.#silentTicks >= ticksToWork) {
        this.#giveUp(new WorkerError("worker_silent", `A worker has sent nothing for ${ticksToWork} seconds.`));
      }
    });
  }

  #stopWatching(): void {
    this.#stopTicks?.();
    this.#stopTicks = undefined;
  }

  #hear(message: unknown): void {
    if (this.#isGone) return;
    this.#silentTicks = 0;
    if (!isExpected(message, this.#task, this.#employer?.bytes ?? 0)) {
      this.#giveUp(
        new WorkerError("worker_message_invalid", "A worker sent an unexpected message.", { cause: message }),
      );
    } else this.#act(message);
  }

  #act(message: FromWorker): void {
    switch (message.kind) {
      case "started":
        if (this.#isReady) return;
        this.#isReady = true;
        this.#stopWatching();
        this.#employer?.onReady(this);
        break;
      case "alive":
        break;
      case "progress":
        this.#employer?.onProgress(message.index, message.done);
        break;
      case "failed":
        this.#fail(message.error);
        break;
      default:
        this.#task = undefined;
        this.#stopWatching();
        this.#employer?.onResult(this, message);
    }
  }
}
