import type { Redis } from "ioredis";
import { SettingError } from "../settings/setting.ts";

/** What a connection is for: `request` fails at once while Redis is gone, `work` waits until it is back. */
export type ConnectionPurpose = "request" | "work";

/** How long a client waits for a connection, in milliseconds. */
export const connectTimeout = 2_000;
/** How long Redis may leave a command without a reply, in milliseconds, before the connection counts as lost. */
const replyTimeout: Readonly<Record<ConnectionPurpose, number>> = { request: 2_000, work: 30_000 };
/** How often connections of requests ask whether Redis is there, in milliseconds. */
const pulse = 1_000;

/** @throws SettingError if it is not the URL of a Redis or Valkey. */
export function checkRedisUrl(url: string): string {
  if (/^rediss?:$/.test(URL.parse(url)?.protocol ?? "")) return url;
  // Without the value: such a URL may have a password.
  throw new SettingError("redis must be a redis: or rediss: URL, such as redis://127.0.0.1:6379.");
}

/** How a connection is opened. */
export interface ConnectionOptions {
  readonly purpose: ConnectionPurpose;
  /** What happens to each failure; without a connection, there is one with every attempt. @default nothing */
  readonly onError?: (error: Error) => void;
  /** Whether it waits for `connect`, as a pattern for connections that a library opens itself. @default false */
  readonly lazyConnect?: boolean;
}

/** Opens a connection that comes back by itself, within a second. */
export async function connectRedis(url: string, options: ConnectionOptions): Promise<Redis> {
  const { purpose, onError = () => {}, lazyConnect = false } = options;
  const { Redis } = await import("ioredis");
  const redis = new Redis(url, {
    connectTimeout,
    retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, 1_000),
    // A process that hangs keeps its connections open: only its silence tells.
    socketTimeout: replyTimeout[purpose],
    ...(purpose === "request"
      ? { enableOfflineQueue: false, maxRetriesPerRequest: 0 }
      : { maxRetriesPerRequest: null }),
    lazyConnect,
  });
  redis.on("error", onError);
  if (purpose === "request") keepPulse(redis);
  return redis;
}

/** A Redis that hangs is found out between requests, so that the next one fails at once. */
function keepPulse(redis: Redis): void {
  const timer = setInterval(() => {
    if (redis.status === "ready") redis.ping().catch(() => {});
  }, pulse);
  timer.unref();
  redis.once("end", () => clearInterval(timer));
}

/** Waits until a connection is there for the first time. Rejects if it fails, or takes too long. */
export async function waitForRedis(redis: Redis): Promise<void> {
  if (redis.status === "ready") return;
  let onReady = (): void => {};
  let onError = (_error: Error): void => {};
  try {
    await within(
      connectTimeout,
      new Promise<void>((resolve, reject) => {
        [onReady, onError] = [resolve, reject];
        redis.once("ready", onReady).once("error", onError);
      }),
    );
  } finally {
    redis.off("ready", onReady).off("error", onError);
  }
}

/** Rejects if something takes longer than a time in milliseconds. */
export async function within<Result>(duration: number, something: Promise<Result>): Promise<Result> {
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`Redis did not respond within ${duration} milliseconds.`)), duration);
  try {
    return await Promise.race([something, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
