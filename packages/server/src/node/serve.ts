import type { IncomingMessage, Server } from "node:http";
import type { ServerRequest } from "srvx";
import { FastResponse, serve as listen } from "srvx/node";
import type { Handler } from "../handler.ts";
import type { Logger } from "../observability/logger.ts";
import type { Metrics } from "../observability/metrics.ts";
import { Connections } from "./connections.ts";
import { createPinoLogger } from "./pino-logger.ts";
import { createPrometheusMetrics } from "./prometheus-metrics.ts";
import type { Platform } from "../platform.ts";
import { isLoopback, loopbackHosts } from "../security/loopback.ts";
import { SettingError } from "../settings/setting.ts";
import { withDefaults } from "../settings/settings.ts";
import { serveSettings } from "../settings/settings-table.ts";
import { readNodeBody } from "./read-node-body.ts";

/** Where a handler is served, and within which limits. Durations are in milliseconds. */
export interface ServeSettings {
  /** The address to listen on. @default "127.0.0.1" */
  readonly host: string;
  /** The port to listen on; 0 takes a free one. @default 8080 */
  readonly port: number;
  /** Lets the server listen beyond this machine without keys. @default false */
  readonly allowUnauthenticated: boolean;
  /** More hosts that requests may name, without a port. @default on loopback its names, else any */
  readonly allowedHosts: readonly string[] | undefined;
  /** @default 10000 */
  readonly headersTimeout: number;
  /** @default 16384 */
  readonly maxHeaderBytes: number;
  /** @default 1000 */
  readonly maxConnections: number;
  /** @default 10000 */
  readonly shutdownTimeout: number;
  /** @default 0 */
  readonly drainDelay: number;
}

/** What is served, and where. Only the handler is needed. */
export interface ServeOptions extends Partial<ServeSettings> {
  /** What `createHandler` made. */
  readonly handler: Handler;
  /** Where the server writes what happens; false for nowhere. @default pino, to standard output */
  readonly logger?: Logger | false;
  /** What is counted for `/metrics`; false for nothing, and no such path. @default Prometheus's client */
  readonly metrics?: Metrics | false;
}

/** A server that is listening. */
export interface RunningServer extends AsyncDisposable {
  /** Without a slash at the end, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly port: number;
  /**
   * Serves on for `drainDelay` with `/readyz` at 503, and on for as long at most while requests come; then stops listening, sends
   * what is being made for `shutdownTimeout`, and closes handler, backend and store.
   */
  close(): Promise<void>;
}

/** How much later Node's own limits end a connection than the handler's end a request, in milliseconds. */
const grace = 5_000;

/**
 * Serves a handler on a port of this machine.
 *
 * @throws SettingError for an option that is not valid, and for a host beyond this machine without keys.
 * @throws Error if the port cannot be listened on, such as `EADDRINUSE`.
 */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const { handler } = options;
  const settings = withDefaults<ServeSettings>(serveSettings, options);
  if (typeof handler?.handle !== "function") throw new SettingError("handler must be what createHandler returns.");
  checkReach(settings, handler);
  const logger = options.logger === false ? undefined : (options.logger ?? (await createPinoLogger()));
  const metrics = options.metrics === false ? undefined : (options.metrics ?? (await createPrometheusMetrics()));
  const platform = createPlatform(settings, { handler, logger, metrics });
  const nodeServer = await startListening(settings, { handler, platform, logger });
  const connections = new Connections(nodeServer);
  const { port } = nodeServer.address() as { readonly port: number };
  const { host } = settings;
  const url = `http://${host.includes(":") && !host.startsWith("[") ? `[${host}]` : host}:${port}`;
  logger?.info({ url }, `Serving image variations at ${url}/v1.`);
  if (!handler.requiresApiKey) {
    const reach = isLoopback(host) ? "every program on this machine" : "everyone who reaches it";
    logger?.warn({ url }, `No API key is needed: ${reach} may use this server. Pass apiKeys to change that.`);
  }

  let closed: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    await connections.close(handler, settings);
    logger?.info({ url }, "Server closed.");
  };
  return {
    url,
    port,
    close: () => (closed ??= close()),
    [Symbol.asyncDispose]: () => (closed ??= close()),
  };
}

/** @throws SettingError for a host beyond this machine without keys. */
function checkReach({ host, allowUnauthenticated }: ServeSettings, { requiresApiKey }: Handler): void {
  if (isLoopback(host) || requiresApiKey || allowUnauthenticated) return;
  throw new SettingError(
    `The host ${host} can be reached from other machines, and no API key is needed. Pass apiKeys to createHandler, ` +
      "listen on 127.0.0.1, or pass allowUnauthenticated: true if everyone who reaches it may use it.",
  );
}

interface Served {
  readonly handler: Handler;
  readonly logger: Logger | undefined;
}

function createPlatform(
  { host, allowedHosts }: ServeSettings,
  { handler, logger, metrics }: Served & { readonly metrics: Metrics | undefined },
): Platform {
  const onLoopback = isLoopback(host);
  const hosts = onLoopback ? [...loopbackHosts, host, ...(allowedHosts ?? [])] : allowedHosts;
  return {
    Response: FastResponse as unknown as Platform["Response"],
    readBody: (request, limits) => readNodeBody(nodeRequestOf(request), limits),
    callerOf: (request) => (request as ServerRequest).ip,
    hasOrigin: true,
    rejectsForeignOrigins: onLoopback && !handler.requiresApiKey,
    ...(hosts && { allowedHosts: hosts }),
    ...(logger && { logger }),
    ...(metrics && { metrics }),
  };
}

function nodeRequestOf(request: Request): IncomingMessage {
  const { node } = (request as ServerRequest).runtime ?? {};
  if (!node) throw new TypeError("The request did not come by this listener.");
  return node.req as IncomingMessage;
}

async function startListening(
  { host, port, headersTimeout, maxHeaderBytes, maxConnections }: ServeSettings,
  { handler, platform, logger }: Served & { readonly platform: Platform },
): Promise<Server> {
  const server = listen({
    hostname: host,
    port,
    silent: true,
    gracefulShutdown: false,
    fetch: (request) =>
      handler.handle(request, platform).catch((error: unknown) => {
        // The client has left.
        if (request.signal.aborted) return new FastResponse(null, { status: 499 });
        throw error;
      }),
    error(error) {
      logger?.error({ err: error }, "The handler failed.");
      return new FastResponse(null, { status: 500 });
    },
    node: {
      headersTimeout,
      maxHeaderSize: maxHeaderBytes,
      // The handler ends slow bodies itself, with a response; this is for what it has stopped reading.
      requestTimeout: headersTimeout + handler.settings.bodyTimeout + grace,
      connectionsCheckingInterval: 5_000,
      keepAliveTimeout: 5_000,
      requireHostHeader: true,
    },
  });
  await server.ready();
  const nodeServer = server.node?.server as Server;
  nodeServer.maxConnections = maxConnections;
  // Nothing is received or sent while a backend works; a client that does not read the response is disconnected after that.
  nodeServer.timeout = handler.settings.requestTimeout + grace;
  return nodeServer;
}
