import type { Backend } from "@image-variations/backends";
import type { ImageParameter } from "@image-variations/validation";
import { shuttingDown } from "./errors/wire-errors.ts";
import { createImageVariation as table } from "./generated/parameter-tables.ts";
import type { Handler } from "./handler.ts";
import type { Logger } from "./observability/logger.ts";
import type { Metrics } from "./observability/metrics.ts";
import type { Platform } from "./platform.ts";
import { checkRuntime } from "./check-runtime.ts";
import { createRequestCheck } from "./request/check-request.ts";
import { readBody } from "./request/read-body.ts";
import { errorReply, toRequestError } from "./response/error-reply.ts";
import type { Reply } from "./response/reply.ts";
import type { Context, Services } from "./routes/context.ts";
import { findRoute } from "./routes/find-route.ts";
import { createAuthenticate, type ApiKeys } from "./security/api-keys.ts";
import { corsHeaders, guardOrigin, preflightReply, type CorsOrigins } from "./security/guard-origin.ts";
import { checkSettings, type HandlerSettings } from "./settings/settings.ts";
import type { FileStore } from "./stores/file-store.ts";
import { createMemoryStore } from "./stores/memory-store.ts";
import { RateLimit, type RateLimiter } from "./work/rate-limit.ts";
import { openScope, type RequestScope } from "./work/request-scope.ts";
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
  const scopes = new Set<RequestScope>();
  let onIdle = (): void => {};

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
  const observed = new WeakSet<Metrics>();

  async function handle(request: Request, platform: Platform): Promise<Response> {
    const started = performance.now();
    const requestId = createRequestId();
    const { logger = platform.logger, metrics = platform.metrics } = options;
    if (metrics && !observed.has(metrics)) {
      observed.add(metrics);
      metrics.observeQueue(() => {
        const { running, size } = services.queue;
        return { running, queued: size - running };
      });
      const countJobs = backend.countJobs?.bind(backend);
      if (countJobs) metrics.observeJobs?.(countJobs);
    }
    const { method, headers: asked } = request;
    const scope = openScope(request);
    scopes.add(scope);
    const facts: Record<string, unknown> = {};
    const headers: Record<string, string> = {};
    let route = "none";
    let reply: Reply;
    try {
      const url = new URL(request.url);
      Object.assign(facts, { method, path: url.pathname });
      guardOrigin(asked, platform, corsOrigins);
      const preflight = preflightReply(method, asked, corsOrigins);
      const found = preflight ? undefined : findRoute(method, url.pathname, basePath);
      route = found?.path ?? "preflight";
      const context = { request, url, platform, metrics, services, scope, headers, facts };
      reply = preflight ?? (await found!.run({ ...context, id: found!.id } satisfies Context));
    } catch (error) {
      if (request.signal.aborted) {
        end(499, request.signal.reason);
        throw request.signal.reason;
      }
      const requestError = toRequestError(scope.signal.aborted ? scope.signal.reason : error);
      facts["error"] = requestError.message;
      if (requestError.status >= 500)
        logger?.error({ requestId, err: requestError.cause ?? requestError }, "Request failed.");
      reply = errorReply(requestError);
    }

    function end(status: number, failure?: unknown): void {
      scope.close();
      scopes.delete(scope);
      if (scopes.size === 0) onIdle();
      const duration = performance.now() - started;
      metrics?.requestEnded({ route, status, duration: duration / 1_000 });
      logger?.info(
        {
          requestId,
          ...facts,
          status,
          durationMs: Math.round(duration),
          ...(failure !== undefined && { error: failure instanceof Error ? failure.message : String(failure) }),
        },
        failure === undefined ? "Request ended." : "Request broke off.",
      );
    }

    if (reply.sent) {
      reply.sent.then(
        () => end(reply.status),
        (error: unknown) => end(reply.status, error),
      );
    } else {
      end(reply.status);
    }
    const isBodyless = method === "HEAD" || reply.body === null;
    return new platform.Response(isBodyless ? null : reply.body, {
      status: reply.status,
      headers: {
        "x-request-id": requestId,
        "openai-processing-ms": String(Math.round(performance.now() - started)),
        "x-content-type-options": "nosniff",
        ...headers,
        ...reply.headers,
        ...corsHeaders(asked, corsOrigins),
      },
    });
  }

  function drain(): void {
    draining = true;
  }

  async function close(timeout = 10_000): Promise<void> {
    drain();
    closing = true;
    if (scopes.size > 0) {
      const idle = new Promise<void>((resolve) => (onIdle = resolve));
      const timer = setTimeout(() => {
        for (const scope of scopes) scope.abort(shuttingDown());
      }, timeout);
      await idle;
      clearTimeout(timer);
    }
    await Promise.all([backend.close?.(), store.close?.(), options.rateLimiter?.close?.()]);
  }

  const inProcess: Platform = { Response, readBody, hasOrigin: false };
  const handler = async (input: Request | URL | string, init?: RequestInit): Promise<Response> => {
    // A body that is a stream needs `duplex`, which callers of fetch forget because browsers did not ask for it.
    const sendable = init?.body ? { duplex: "half", ...init } : init;
    const request = input instanceof Request && !init ? input : new Request(input, sendable);
    return handle(request, inProcess);
  };
  return Object.assign(handler, { handle, drain, close, settings, requiresApiKey: options.apiKeys !== undefined });
}

function limitPerMinute({ requestsPerMinute }: HandlerSettings, now: () => number): RateLimiter | undefined {
  return requestsPerMinute === undefined ? undefined : new RateLimit(requestsPerMinute, now);
}

function createRequestId(): string {
  return `req_${crypto.randomUUID().replaceAll("-", "")}`;
}
