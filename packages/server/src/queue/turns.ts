import type { Redis } from "ioredis";

/** Whether a job may be added, and when it has its turn. */
export type Admission =
  | { readonly admitted: true; readonly turn: number }
  | { readonly admitted: false; readonly waiting: number; readonly retryAfter: number };

/** Keys of Redis by what ends them. */
export type ToKey = (suffix: string) => string;

/** BullMQ orders jobs by priorities up to 2 ** 21. */
const lastTurn = 2_000_000;
/** What is remembered of callers and durations is forgotten after this time without requests, in seconds. */
const memory = 600;

/**
 * Gives each job a turn, and counts what waits. Turns are those of start-time fair queueing: each caller's next job is one
 * turn after its last, and no job comes before the turn that is being worked on.
 */
const admitScript = `
local waiting = redis.call('ZCARD', KEYS[1]) + redis.call('LLEN', KEYS[2])
if waiting >= tonumber(ARGV[2]) then
  return {0, waiting, redis.call('LLEN', KEYS[3]), redis.call('GET', KEYS[6]) or '1000'}
end
local now = tonumber(redis.call('GET', KEYS[5]) or '0')
local last = tonumber(redis.call('ZSCORE', KEYS[4], ARGV[1]) or '0')
local turn = math.min(math.max(now, last) + 1, ${lastTurn})
redis.call('ZADD', KEYS[4], turn, ARGV[1])
redis.call('EXPIRE', KEYS[4], ${memory})
redis.call('EXPIRE', KEYS[5], ${memory})
return {1, turn}`;

/** A job has its turn: callers whose last turn is past need not be remembered. */
const startScript = `
if tonumber(ARGV[1]) > tonumber(redis.call('GET', KEYS[1]) or '0') then
  redis.call('SET', KEYS[1], ARGV[1], 'EX', ${memory})
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[1])
end`;

/** A moving average of how long jobs take, in milliseconds. */
const endScript = `
local average = tonumber(redis.call('GET', KEYS[1]) or ARGV[1])
redis.call('SET', KEYS[1], average + (tonumber(ARGV[1]) - average) / 8, 'EX', ${memory})`;

/** The order of the jobs of all servers. */
export interface Turns {
  /** @param maxWaiting The most jobs that may wait. */
  admit(caller: string, maxWaiting: number): Promise<Admission>;
  /** A worker begins with a job. */
  start(turn: number): Promise<void>;
  /** @param duration How long it took, in milliseconds. */
  end(duration: number): Promise<void>;
}

export function createTurns(redis: Redis, toKey: ToKey): Turns {
  return {
    async admit(caller, maxWaiting) {
      const keys = ["prioritized", "wait", "active", "callers", "turn", "duration"].map(toKey);
      const reply = (await redis.eval(admitScript, keys.length, ...keys, caller, maxWaiting)) as (number | string)[];
      const [admitted, count, active, duration] = reply.map(Number);
      if (admitted === 1) return { admitted: true, turn: count ?? 1 };
      const waiting = count ?? 0;
      // While jobs wait, every worker is busy: as many jobs are active as can be.
      const seconds = (waiting * (duration ?? 1_000)) / Math.max(1, active ?? 1) / 1_000;
      return { admitted: false, waiting, retryAfter: Math.min(60, Math.max(1, Math.ceil(seconds))) };
    },
    async start(turn) {
      await redis.eval(startScript, 2, toKey("turn"), toKey("callers"), turn);
    },
    async end(duration) {
      await redis.eval(endScript, 1, toKey("duration"), Math.round(duration));
    },
  };
}
