import { queueFull } from "../errors/wire-errors.ts";

/** How much is worked on at once, and how much may wait. */
export interface WorkQueueOptions {
  /** The most requests that run at the same time. */
  readonly concurrency: number;
  /** The most requests that are here without running: still arriving, waiting, or being sent. */
  readonly maxQueued: number;
  /** The time in milliseconds. @default performance.now */
  readonly now?: () => number;
}

/** A request's place in the queue, from its arrival to the end of its response. */
export interface Place {
  /** Resolves when it is this request's turn; rejects with the signal's reason. */
  turn(signal: AbortSignal): Promise<void>;
  /** The work is done and the next request may run; the response may still be on its way. */
  endTurn(): void;
  /** The request is gone, wherever it was. May be called more than once. */
  leave(): void;
}

interface Entry {
  readonly key: string;
  readonly evict: (error: Error) => void;
  state: "arriving" | "waiting" | "running" | "sending" | "gone";
  start?: () => void;
  startedAt: number;
}

/** The requests of one key. */
interface Caller {
  readonly entries: Set<Entry>;
  /** The number of the last turn that it had; 0 for none yet. */
  lastTurn: number;
}

/**
 * A bounded queue that is fair between keys: their requests take turns, even if one sends more. When it is full, the
 * caller with the most requests loses the newest one to a caller with fewer.
 */
export class WorkQueue {
  readonly #concurrency: number;
  readonly #capacity: number;
  readonly #now: () => number;
  /** Everyone who is here, by key. */
  readonly #callers = new Map<string, Caller>();
  #turns = 0;
  #size = 0;
  #running = 0;
  /** A moving average, in milliseconds. */
  #duration = 1_000;

  constructor({ concurrency, maxQueued, now = () => performance.now() }: WorkQueueOptions) {
    this.#concurrency = concurrency;
    this.#capacity = concurrency + maxQueued;
    this.#now = now;
  }

  /** How many requests may be here at once. */
  get capacity(): number {
    return this.#capacity;
  }

  /** How many requests are here. */
  get size(): number {
    return this.#size;
  }

  /** How many requests are running. */
  get running(): number {
    return this.#running;
  }

  /** Seconds until a place is likely to be free: at least 1, at most 60. */
  get retryAfter(): number {
    const seconds = (this.#duration * Math.max(1, this.#size - this.#running)) / this.#concurrency / 1_000;
    return Math.min(60, Math.max(1, Math.ceil(seconds)));
  }

  /**
   * @param key Whose request it is.
   * @param evict Called if the place is lost to another caller before the request runs.
   * @throws RequestError (429) if there is no place.
   */
  enter(key: string, evict: (error: Error) => void): Place {
    if (this.#size >= this.#capacity) this.#makeRoomFor(key);
    const entry: Entry = { key, evict, state: "arriving", startedAt: 0 };
    const caller = this.#callers.get(key);
    if (caller) caller.entries.add(entry);
    else this.#callers.set(key, { entries: new Set([entry]), lastTurn: 0 });
    this.#size += 1;
    return {
      turn: (signal) => this.#turn(entry, signal),
      endTurn: () => {
        if (entry.state === "running") this.#endTurn(entry, "sending");
      },
      leave: () => this.#leave(entry),
    };
  }

  #turn(entry: Entry, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.reject(signal.reason as Error);
    if (this.#running < this.#concurrency) {
      this.#run(entry);
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#leave(entry);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", abort, { once: true });
      entry.state = "waiting";
      entry.start = () => {
        signal.removeEventListener("abort", abort);
        resolve();
      };
    });
  }

  #run(entry: Entry): void {
    entry.state = "running";
    entry.startedAt = this.#now();
    this.#running += 1;
    const caller = this.#callers.get(entry.key);
    this.#turns += 1;
    if (caller) caller.lastTurn = this.#turns;
    entry.start?.();
  }

  #endTurn(entry: Entry, state: "sending" | "gone"): void {
    entry.state = state;
    this.#running -= 1;
    this.#duration += (this.#now() - entry.startedAt - this.#duration) / 8;
    this.#runNext();
  }

  #runNext(): void {
    let next: Entry | undefined;
    let nextTurn = Infinity;
    for (const { entries, lastTurn } of this.#callers.values()) {
      if (lastTurn >= nextTurn) continue;
      for (const entry of entries) {
        if (entry.state !== "waiting") continue;
        next = entry;
        nextTurn = lastTurn;
        break;
      }
    }
    if (next) this.#run(next);
  }

  #leave(entry: Entry): void {
    if (entry.state === "gone") return;
    const wasRunning = entry.state === "running";
    const caller = this.#callers.get(entry.key);
    caller?.entries.delete(entry);
    if (caller?.entries.size === 0) this.#callers.delete(entry.key);
    this.#size -= 1;
    if (wasRunning) this.#endTurn(entry, "gone");
    else entry.state = "gone";
  }

  #makeRoomFor(key: string): void {
    const full = queueFull(this.#size, this.retryAfter);
    let longest: readonly Entry[] = [];
    for (const [other, { entries }] of this.#callers) {
      if (other === key || entries.size <= longest.length) continue;
      longest = [...entries].filter(({ state }) => state === "arriving" || state === "waiting");
    }
    const own = this.#callers.get(key)?.entries.size ?? 0;
    const newest = longest.at(-1);
    // With a difference of one, the two would only change places.
    if (!newest || longest.length <= own + 1) throw full;
    newest.evict(full);
    this.#leave(newest);
  }
}
