import type { Backend } from "@image-variations/backends";
import type { ImageParameter } from "@image-variations/validation";
import { shuttingDown } from "./errors/wire-errors.ts";
import { createImageVariation as table } from "./generated/parameter-tables.ts";
import { handleRequest, type Shared } from "./handle-request.ts";
import type { Handler } from "./handler.ts";
import type { Logger } from "./observability/logger.ts";
import type { Metrics } from "./observability/metrics.ts";
import type { Platform } from "./platform.ts";
import { checkRuntime } from "./check-runtime.ts";
import { createRequestCheck } from "./request/check-request.ts";
import { readBody } from "./request/read-body.ts";
import type { Services } from "./routes/context.ts";
import { createAuthenticate, type ApiKeys } from "./security/api-keys.ts";
import type { CorsOrigins } from "./security/guard-origin.ts";
import { checkSettings, type HandlerSettings } from "./settings/settings.ts";
import type { FileStore } from "./stores/file-store.ts";
import { createMemoryStore } from "./stores/memory-store.ts";
import { OpenRequests } from "./work/open-requests.ts";
import { RateLimit, type RateLimiter } from "./work/rate-limit.ts";
import { WorkQueue } from "./work/work-queue.ts";

/** How a handler is made. Only the backend is needed. */
export interface HandlerOptions extends Partial<HandlerSettings> {
  /** Makes the images. */
  readonly backend: Backend;
  /** The keys that are accepted. @default no key is needed */
  readonly apiKeys?: ApiKeys;
  /** Where images lie that are asked for as URLs. @default in memory, 256 MiB of them */
  readonly store?: FileStore;
  /** Counts requests, such as for several servers. @default `requestsPerMinute` in this process, if it is set */
  readonly rateLimiter?: RateLimiter;
  /** The pages that may call this server from a browser. @default none */
  readonly corsOrigins?: CorsOrigins;
  /** @default that of the listener; none in process */
  readonly logger?: Logger;
  /** @default those of the listener; none in process */
  readonly metrics?: Metrics;
  /** The time in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** Room for the parameters and the headers of the parts, beside the image. */
const formOverhead = 256 * 1024;

/**
 * Makes the contract as a function that is shaped like `fetch`. Nothing is loaded or started before the first request.
 *
 * @throws TypeError for an option that is not valid, by its name.
 * @throws Error in a runtime that lacks what the server needs, such as Node 20.
 */
export function createHandler(options: HandlerOptions): Handler {
  checkRuntime();
  const { backend, now = Date.now, store = createMemoryStore({ now }), corsOrigins = [] } = options;
  if (typeof backend?.createVariations !== "function") {
    throw new TypeError(`backend must be an object with createVariations, got ${typeof backend}.`);
  }
  const settings = checkSettings({ ...options, concurrency: options.concurrency ?? backend.concurrency });
  const { exclusiveMaximumBytes = 4 * 2 ** 20 } = table.find(({ kind }) => kind === "image") as ImageParameter;
  const basePath = settings.publicUrl ? new URL(settings.publicUrl).pathname.replace(/\/$/, "") : "";
  let draining = false;
  let closing = false;
  const requests = new OpenRequests();
  const services: Services = {
    backend,
    store,
    queue: new WorkQueue(settings),
    check: createRequestCheck(table, settings.maxPixels),
    authenticate: options.apiKeys && createAuthenticate(options.apiKeys),
    rateLimiter: options.rateLimiter ?? limitPerMinute(settings, now),
    settings: { ...settings, maxBodyBytes: exclusiveMaximumBytes + formOverhead },
    now,
    isDraining: () => draining,
    isClosing: () => closing,
  };
  const { logger, metrics } = options;
  const shared: Shared = { services, requests, corsOrigins, basePath, logger, metrics };
  const observe = createObserver(services);
  const handle = (request: Request, platform: Platform): Promise<Response> => {
    observe(metrics ?? platform.metrics);
    return handleRequest(request, platform, shared);
  };
  const drain = (): void => {
    draining = true;
  };
  const close = async (timeout = 10_000): Promise<void> => {
    drain();
    closing = true;
    await requests.wait(timeout, shuttingDown);
    await Promise.all([backend.close?.(), store.close?.(), options.rateLimiter?.close?.()]);
  };
  const handler = (input: Request | URL | string, init?: RequestInit): Promise<Response> =>
    inProcess(handle, input, init);
  return Object.assign(handler, { handle, drain, close, settings, requiresApiKey: options.apiKeys !== undefined });
}

const inProcessPlatform: Platform = { Response, readBody, hasOrigin: false };

async function inProcess(
  handle: Handler["handle"],
  input: Request | URL | string,
  init: RequestInit | undefined,
): Promise<Response> {
  // A body that is a stream needs `duplex`, which callers of fetch forget because browsers did not ask for it.
  const sendable = init?.body ? { duplex: "half", ...init } : init;
  const request = input instanceof Request && !init ? input : new Request(input, sendable);
  return handle(request, inProcessPlatform);
}

/** Tells metrics, once for each, where to read how full the queues are. */
function createObserver({ queue, backend }: Services): (metrics: Metrics | undefined) => void {
  const observed = new WeakSet<Metrics>();
  return (metrics) => {
    if (!metrics || observed.has(metrics)) return;
    observed.add(metrics);
    metrics.observeQueue(() => ({ running: queue.running, queued: queue.size - queue.running }));
    const countJobs = backend.countJobs?.bind(backend);
    if (countJobs) metrics.observeJobs?.(countJobs);
  };
}

function limitPerMinute({ requestsPerMinute }: HandlerSettings, now: () => number): RateLimiter | undefined {
  return requestsPerMinute === undefined ? undefined : new RateLimit(requestsPerMinute, now);
}
