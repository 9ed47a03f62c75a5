import type { ClientRequest, IncomingMessage } from "node:http";
import type { AgentOptions } from "node:https";
import type { Duplex } from "node:stream";
import { connectionError } from "../transport/connection-error.ts";
import type { Transport, TransportResponse, TransportRequest } from "../transport/transport.ts";
import { Connections } from "./connections.ts";
import { nodeResponse } from "./node-response.ts";

/**
 * Whatever an `https.Agent` takes: `maxSockets`, `ca`, `localAddress`, `proxyEnv` and the like. `keepAlive` is true by
 * default, and `proxyEnv` is the process's environment if NODE_USE_ENV_PROXY is 1, as for `fetch`. Client certificates
 * (`cert`, `key`, `pfx`) are shown to the API's server alone.
 */
export interface NodeTransportOptions extends AgentOptions {}

/** A transport that has connections of its own. Those that are idle don't keep the process alive. */
export interface NodeTransport extends Transport, Disposable {
  /** Closes all connections, those in use as well. */
  close(): void;
}

const maximumRedirects = 20;

/**
 * The transport of Node: `node:http` and `node:https`, loaded at the first request. It costs about a third of what
 * `fetch` does, and has no limit of time but the client's `timeout`. A connection is used again and again; if the server
 * closed it meanwhile, that is an APIConnectionError like any other, and tried again like any other. `fetch` and
 * `fetchOptions` are of no effect on it.
 *
 * @example
 * ```ts
 * const client = new ImageVariations({ transport: nodeTransport() });
 * ```
 */
export function nodeTransport(options: NodeTransportOptions = {}): NodeTransport {
  const connections = new Connections(options);
  const close = (): void => connections.close();
  const transport = async (request: TransportRequest): Promise<TransportResponse> => {
    try {
      return await exchange(connections, request, maximumRedirects);
    } catch (cause) {
      throw connectionError(request, cause);
    }
  };
  return Object.assign(transport, { close, [Symbol.dispose]: close });
}

/** Sends a request, and follows redirects of one without a body as `fetch` does. */
async function exchange(
  connections: Connections,
  message: TransportRequest,
  redirects: number,
): Promise<TransportResponse> {
  const { request, target } = connections.open(message);
  const incoming = await responseOf(request, message);
  const response = nodeResponse(incoming);
  const { status, headers } = response;
  if (status < 200 || status > 599) {
    response.discard();
    throw new Error(`Invalid HTTP status ${status}.`);
  }
  const location = headers.get("location");
  const isFollowed = !message.body && message.redirect !== "manual";
  if (!isFollowed || !location || status < 301 || status > 308) return response;
  incoming.destroy();
  const next = URL.parse(location, target);
  if (!next) throw new Error(`Invalid redirect URL: ${location}.`);
  if (redirects === 0) throw new Error(`Too many redirects (${maximumRedirects}).`);
  const elsewhere = next.origin !== target.origin && { headers: new Map(), credentials: "omit" as const };
  return exchange(connections, { ...message, url: next.href, ...elsewhere }, redirects - 1);
}

/** Sends the request, and waits for whatever ends it first: `close` comes at the end of every one. */
function responseOf(request: ClientRequest, { body, signal }: TransportRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const abort = (): void => void request.destroy(signal?.reason as Error);
    const switchProtocols = (response: IncomingMessage, socket: Duplex): void => {
      socket.destroy();
      reject(new Error(`Unexpected switch of protocols with status ${response.statusCode}.`));
    };
    signal?.addEventListener("abort", abort);
    if (signal?.aborted) abort();
    let hasResponse = false;
    request.on("response", (response) => {
      hasResponse = true;
      resolve(response);
    });
    request.on("upgrade", switchProtocols);
    request.on("connect", switchProtocols);
    request.on("error", reject);
    request.on("close", () => {
      signal?.removeEventListener("abort", abort);
      // Every request closes, most of them after their response: an error takes long to make.
      if (!hasResponse) reject(new Error("The connection closed before a response arrived."));
    });
    request.end(body);
  });
}
