import type { Logger } from "./observability/logger.ts";
import type { Metrics } from "./observability/metrics.ts";
import { RequestRecord } from "./observability/request-record.ts";
import type { Platform } from "./platform.ts";
import { errorReply, toRequestError } from "./response/error-reply.ts";
import type { Reply } from "./response/reply.ts";
import type { Services } from "./routes/context.ts";
import { findRoute } from "./routes/find-route.ts";
import { corsHeaders, guardOrigin, preflightReply, type CorsOrigins } from "./security/guard-origin.ts";
import type { OpenRequests } from "./work/open-requests.ts";
import type { RequestScope } from "./work/request-scope.ts";

/** What all requests of a handler share. */
export interface Shared {
  readonly services: Services;
  readonly requests: OpenRequests;
  readonly corsOrigins: CorsOrigins;
  /** What the public URL has in front of every path. */
  readonly basePath: string;
  /** Before those of the listener. */
  readonly logger: Logger | undefined;
  readonly metrics: Metrics | undefined;
}

/**
 * Turns a request into a response, whatever happens.
 *
 * @throws The reason of the request's signal, if the client leaves first.
 */
export async function handleRequest(request: Request, platform: Platform, shared: Shared): Promise<Response> {
  const { requests, corsOrigins } = shared;
  const metrics = shared.metrics ?? platform.metrics;
  const record = new RequestRecord(shared.logger ?? platform.logger, metrics);
  const scope = requests.begin(request);
  const end = (status: number, failure?: unknown): void => {
    requests.end(scope);
    record.end(status, failure);
  };
  const headers: Record<string, string> = {};
  let reply: Reply;
  try {
    reply = await route(request, { platform, shared, metrics, record, scope, headers });
  } catch (error) {
    if (request.signal.aborted) {
      end(499, request.signal.reason);
      throw request.signal.reason;
    }
    const requestError = toRequestError(scope.signal.aborted ? scope.signal.reason : error);
    record.fail(requestError);
    reply = errorReply(requestError);
  }

  if (reply.sent) {
    reply.sent.then(
      () => end(reply.status),
      (error: unknown) => end(reply.status, error),
    );
  } else {
    end(reply.status);
  }
  const isBodyless = request.method === "HEAD" || reply.body === null;
  return new platform.Response(isBodyless ? null : reply.body, {
    status: reply.status,
    headers: {
      "x-request-id": record.id,
      "openai-processing-ms": String(Math.round(record.duration)),
      "x-content-type-options": "nosniff",
      ...headers,
      ...reply.headers,
      ...corsHeaders(request.headers, corsOrigins),
    },
  });
}

interface Routing {
  readonly platform: Platform;
  readonly shared: Shared;
  readonly metrics: Metrics | undefined;
  readonly record: RequestRecord;
  readonly scope: RequestScope;
  readonly headers: Record<string, string>;
}

async function route(request: Request, { platform, shared, metrics, record, scope, headers }: Routing): Promise<Reply> {
  const { services, corsOrigins, basePath } = shared;
  const { method } = request;
  const url = new URL(request.url);
  Object.assign(record.facts, { method, path: url.pathname });
  guardOrigin(request.headers, platform, corsOrigins);
  const preflight = preflightReply(method, request.headers, corsOrigins);
  if (preflight) {
    record.route = "preflight";
    return preflight;
  }
  const { path, run, id } = findRoute(method, url.pathname, basePath);
  record.route = path;
  return run({ request, url, id, platform, metrics, services, scope, headers, facts: record.facts });
}
