import type { Redis } from "ioredis";
import { SettingError } from "../settings/setting.ts";

/** What a connection is for: `request` fails at once while Redis is gone, `work` waits until it is back. */
export type ConnectionPurpose = "request" | "work";

/** How long a client waits for a connection, and for the reply to a command, in milliseconds. */
const connectTimeout = 2_000;
const commandTimeout = 5_000;

/** @throws SettingError if it is not the URL of a Redis or Valkey. */
export function checkRedisUrl(url: string): string {
  if (/^rediss?:$/.test(URL.parse(url)?.protocol ?? "")) return url;
  // Without the value: such a URL may have a password.
  throw new SettingError("redis must be a redis: or rediss: URL, such as redis://127.0.0.1:6379.");
}

/**
 * Opens a connection that comes back by itself, within a second.
 *
 * @param onError What happens to each failure; without a connection, there is one with every attempt.
 */
export async function connectRedis(
  url: string,
  purpose: ConnectionPurpose,
  onError: (error: Error) => void,
): Promise<Redis> {
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, {
    connectTimeout,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 1_000),
    ...(purpose === "request"
      ? { enableOfflineQueue: false, maxRetriesPerRequest: 0, commandTimeout }
      : { maxRetriesPerRequest: null }),
  });
  redis.on("error", onError);
  return redis;
}

/** Waits until a connection is there for the first time. Rejects if it fails, or takes too long. */
export async function waitForRedis(redis: Redis): Promise<void> {
  if (redis.status === "ready") return;
  await new Promise<void>((resolve, reject) => {
    const settle = (error?: Error): void => {
      clearTimeout(timer);
      redis.off("ready", settle).off("error", settle);
      if (error) reject(error);
      else resolve();
    };
    const timer = setTimeout(
      () => settle(new Error(`No connection to Redis within ${connectTimeout} milliseconds.`)),
      connectTimeout,
    );
    redis.once("ready", settle).once("error", settle);
  });
}
