import type { Backend } from "@image-variations/backends";
import { createHandler, type HandlerOptions } from "../create-handler.ts";
import type { RunningWorker } from "../queue/create-worker.ts";
import type { QueueOptions } from "../queue/job.ts";
import { readEnvironment, type EnvironmentSettings } from "../settings/read-environment.ts";
import { SettingError } from "../settings/setting.ts";
import type { FileStore } from "../stores/file-store.ts";
import type { RateLimiter } from "../work/rate-limit.ts";
import { createStore } from "./create-store.ts";
import { createPinoLogger, type PinoLoggerOptions } from "./pino-logger.ts";
import { serve, type RunningServer } from "./serve.ts";

/** Whose environment says how something runs. */
export interface EnvironmentOptions {
  /** @default process.env */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Variables that start with `IMAGE_VARIATIONS_` and that the caller reads, such as those of a backend. */
  readonly others?: readonly string[];
}

/** What is served, and whose environment says how. */
export interface ServeFromEnvironmentOptions extends EnvironmentOptions {
  /** Makes the images. @default the workers that serve the queue of `IMAGE_VARIATIONS_REDIS` */
  readonly backend?: Backend;
}

/**
 * Serves a backend as the `IMAGE_VARIATIONS_…` variables say: what a container runs.
 *
 * @throws SettingError for a variable that is not valid, or not known.
 */
export async function serveFromEnvironment(options: ServeFromEnvironmentOptions = {}): Promise<RunningServer> {
  const { environment = process.env, others = [] } = options;
  const settings = readEnvironment(environment, others);
  const { corsOrigins, apiKeys } = settings as { corsOrigins?: readonly string[]; apiKeys?: readonly string[] };
  const store = createStore(settings);
  const rateLimiter = await sharedRateLimiter(settings);
  const handlerOptions: HandlerOptions = {
    ...settings,
    backend: options.backend ?? (await queueBackend(settings, store)),
    store,
    ...(rateLimiter && { rateLimiter }),
    ...(apiKeys && { apiKeys }),
    corsOrigins: corsOrigins?.includes("*") ? "*" : (corsOrigins ?? []),
  };
  return serve({ ...settings, handler: createHandler(handlerOptions), logger: await loggerOf(settings) });
}

/** What a worker of the queue runs, and whose environment says how. */
export interface WorkFromEnvironmentOptions extends EnvironmentOptions {
  readonly backend: Backend;
  /** Gives up waiting for Redis at the start. @default it waits for as long as it takes */
  readonly signal?: AbortSignal;
}

/**
 * Serves the queue of `IMAGE_VARIATIONS_REDIS` with a backend, as the `IMAGE_VARIATIONS_…` variables say: what the container
 * of a worker runs.
 *
 * @throws SettingError for a variable that is not valid, or not known; the signal's reason, if it ends before Redis is there.
 */
export async function workFromEnvironment(options: WorkFromEnvironmentOptions): Promise<RunningWorker> {
  const { backend, signal, environment = process.env, others = [] } = options;
  const settings = readEnvironment(environment, others);
  const { concurrency, shutdownTimeout } = settings as { concurrency?: number; shutdownTimeout?: number };
  const queue = queueOf(settings);
  const store = createStore(settings);
  const { createWorker } = await import("../queue/create-worker.ts");
  return createWorker({
    ...queue,
    backend,
    store,
    logger: await loggerOf(settings),
    ...(signal && { signal }),
    ...(concurrency !== undefined && { concurrency }),
    ...(shutdownTimeout !== undefined && { shutdownTimeout }),
  });
}

async function queueBackend(settings: EnvironmentSettings, store: FileStore): Promise<Backend> {
  const queue = queueOf(settings);
  // With what it loads later, so that a package that is missing is found at the start and not by a request.
  const [{ createQueueBackend }] = await Promise.all([
    import("../queue/create-queue-backend.ts"),
    import("bullmq"),
    import("ioredis"),
  ]);
  const { maxWaiting } = settings as { maxWaiting?: number };
  return createQueueBackend({ ...queue, store, ...(maxWaiting !== undefined && { maxWaiting }) });
}

/** Which queue servers and workers share. */
function queueOf(settings: EnvironmentSettings): QueueOptions {
  const { redis, queueName, store = "memory" } = settings as { redis?: string; queueName?: string; store?: string };
  if (redis === undefined) throw new SettingError("The queue needs redis, such as redis://127.0.0.1:6379.");
  if (store === "memory") {
    throw new SettingError(
      "The queue needs a store that servers and workers share, got memory. Use s3, or directory on one machine.",
    );
  }
  return { redis, ...(queueName !== undefined && { name: queueName }) };
}

/** Undefined if this server counts for itself. */
async function sharedRateLimiter({ redis, requestsPerMinute }: EnvironmentSettings): Promise<RateLimiter | undefined> {
  if (redis === undefined || requestsPerMinute === undefined) return undefined;
  const { createSharedRateLimiter } = await import("../queue/create-shared-rate-limiter.ts");
  return createSharedRateLimiter({ redis: redis as string, requestsPerMinute: requestsPerMinute as number });
}

function loggerOf({ logLevel }: EnvironmentSettings): ReturnType<typeof createPinoLogger> {
  return createPinoLogger(logLevel === undefined ? {} : { level: logLevel as LogLevel });
}

type LogLevel = NonNullable<PinoLoggerOptions["level"]>;
