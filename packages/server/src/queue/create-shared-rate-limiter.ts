import type { RateLimiter } from "../work/rate-limit.ts";
import { checkRedisUrl, connectRedis, waitForRedis } from "./connect-redis.ts";
import { hashText } from "./hash-text.ts";

/** Which limit, and where it is counted. */
export interface SharedRateLimiterOptions {
  /** The URL of the Redis or Valkey of all servers. */
  readonly redis: string;
  /** How many requests a key may send in a minute, to all servers together. */
  readonly requestsPerMinute: number;
  /** What the names of the counters start with. @default "image-variations:rate" */
  readonly prefix?: string;
}

/** In seconds. */
const minute = 60;

/**
 * Counts the requests of each key for all servers that share a Redis. While Redis is gone, each server counts for itself.
 *
 * @throws SettingError if `redis` is not the URL of one.
 */
export function createSharedRateLimiter(options: SharedRateLimiterOptions): RateLimiter {
  const { requestsPerMinute, prefix = "image-variations:rate" } = options;
  const url = checkRedisUrl(options.redis);
  const open = async () => {
    const { RateLimiterMemory, RateLimiterRedis } = await import("rate-limiter-flexible");
    const redis = await connectRedis(url, { purpose: "request" });
    await waitForRedis(redis).catch(() => {});
    const limit = { points: requestsPerMinute, duration: minute, keyPrefix: prefix };
    const insuranceLimiter = new RateLimiterMemory(limit);
    const limiter = new RateLimiterRedis({
      ...limit,
      storeClient: redis,
      rejectIfRedisNotReady: true,
      insuranceLimiter,
    });
    return { redis, limiter };
  };
  let opening: ReturnType<typeof open> | undefined;
  return {
    async take(key) {
      const { limiter } = await (opening ??= open());
      // Callers name themselves where a function says who a key belongs to: a hash has no colons, and no length of its own.
      const name = await hashText(key);
      const result = await limiter.consume(name).catch((rejected: unknown) => {
        if (rejected instanceof Error) throw rejected;
        return rejected as Awaited<ReturnType<typeof limiter.consume>>;
      });
      return {
        limit: requestsPerMinute,
        remaining: result.remainingPoints,
        reset: Math.max(0, result.msBeforeNext),
        exceeded: result.consumedPoints > requestsPerMinute,
      };
    },
    async close() {
      (await opening)?.redis.disconnect();
    },
  };
}
