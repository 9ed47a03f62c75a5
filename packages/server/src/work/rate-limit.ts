/** How far a caller has used up the current minute. */
export interface RateLimitState {
  readonly limit: number;
  readonly remaining: number;
  /** Milliseconds until the next minute begins. */
  readonly reset: number;
  readonly exceeded: boolean;
}

/** Counts requests by key. */
export interface RateLimiter {
  /** Counts a request, if there is one left. */
  take(key: string): RateLimitState | Promise<RateLimitState>;
  /** Frees what it holds: connections. */
  close?(): Promise<void>;
}

const windowLength = 60_000;

/** Counts requests by key, a minute at a time. What it remembers is at most one minute's keys. */
export class RateLimit implements RateLimiter {
  readonly #limit: number;
  readonly #now: () => number;
  #counts = new Map<string, number>();
  #windowStart = -Infinity;

  /**
   * @param limit Requests per minute and key.
   * @param now The time in milliseconds.
   */
  constructor(limit: number, now: () => number) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Counts a request, if there is one left. */
  take(key: string): RateLimitState {
    const now = this.#now();
    if (now - this.#windowStart >= windowLength) {
      this.#windowStart = now;
      this.#counts = new Map();
    }
    const used = this.#counts.get(key) ?? 0;
    const exceeded = used >= this.#limit;
    if (!exceeded) this.#counts.set(key, used + 1);
    return {
      limit: this.#limit,
      remaining: Math.max(0, this.#limit - used - 1),
      reset: this.#windowStart + windowLength - now,
      exceeded,
    };
  }
}
