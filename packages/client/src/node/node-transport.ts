import type { ClientRequest, IncomingMessage } from "node:http";
import type { Agent, AgentOptions, request as makeRequest } from "node:https";
import type { Duplex } from "node:stream";
import { OpenAIError } from "../errors/openai-error.ts";
import { requestLine } from "../errors/request-line.ts";
import { connectionError } from "../transport/connection-error.ts";
import type { Transport, TransportResponse, TransportRequest } from "../transport/transport.ts";
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

/** How a protocol is spoken. */
interface Way {
  readonly agent: Agent;
  readonly request: typeof makeRequest;
}

const maximumRedirects = 20;

/** The agent options that identify the client. */
const credentialOptions: ReadonlySet<string> = new Set([
  "cert",
  "key",
  "passphrase",
  "pfx",
  "privateKeyEngine",
  "privateKeyIdentifier",
]);

/** Headers about the connection and the length of the body, which are the transport's own. */
const ownHeaders: ReadonlySet<string> = new Set(["content-length", "keep-alive", "te", "trailer", "transfer-encoding"]);

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
  const ways = new Map<string, Way>();
  let lastTarget: URL | undefined;

  const wayOf = ({ protocol }: URL, credentials: TransportRequest["credentials"]): Way => {
    const name = `${protocol}${credentials ?? ""}`;
    let way = ways.get(name);
    if (!way) {
      if (protocol !== "http:" && protocol !== "https:") throw new TypeError(`unsupported protocol ${protocol}`);
      const { Agent: AgentClass, request } = process.getBuiltinModule(`node:${protocol.slice(0, -1) as "https"}`);
      ways.set(name, (way = { agent: new AgentClass(agentOptions(options, credentials)), request }));
    }
    return way;
  };

  const open = ({ method, headers, body, credentials }: TransportRequest, target: URL): ClientRequest => {
    const { agent, request } = wayOf(target, credentials);
    const fields = headers.get("host") ? [] : ["host", target.host];
    for (const [name, value] of headers) if (!ownHeaders.has(name)) fields.push(name, value);
    // Encodings save nothing on images; and a server that insists is understood nevertheless.
    if (!headers.get("accept-encoding")) fields.push("accept-encoding", "identity");
    if (body) fields.push("content-length", String(body.length));
    return request({
      agent,
      method,
      hostname: target.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: target.port,
      path: target.pathname + target.search,
      headers: fields,
    });
  };

  /** Opens the request, and says of one that can't be made that it is wrong, and not the connection. */
  const tryToOpen = (message: TransportRequest): [ClientRequest, URL] => {
    try {
      // Most requests go where the last one went, and a URL takes long to parse.
      if (lastTarget?.href !== message.url) lastTarget = new URL(message.url);
      return [open(message, lastTarget), lastTarget];
    } catch (cause) {
      const { code, message: why } = cause as NodeJS.ErrnoException;
      throw new OpenAIError(`Invalid request: ${code ?? why} (${requestLine(message)})`, { cause });
    }
  };

  const exchange = async (message: TransportRequest, redirects: number): Promise<TransportResponse> => {
    const [request, target] = tryToOpen(message);
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
    return exchange({ ...message, url: next.href, ...elsewhere }, redirects - 1);
  };

  const close = (): void => {
    for (const { agent } of ways.values()) agent.destroy();
    ways.clear();
  };
  const transport = async (request: TransportRequest): Promise<TransportResponse> => {
    try {
      return await exchange(request, maximumRedirects);
    } catch (cause) {
      throw connectionError(request, cause);
    }
  };
  return Object.assign(transport, { close, [Symbol.dispose]: close });
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
    request.on("response", resolve);
    request.on("upgrade", switchProtocols);
    request.on("connect", switchProtocols);
    request.on("error", reject);
    request.on("close", () => {
      signal?.removeEventListener("abort", abort);
      reject(new Error("The connection closed before a response arrived."));
    });
    request.end(body);
  });
}

function agentOptions(options: NodeTransportOptions, credentials: TransportRequest["credentials"]): AgentOptions {
  const { env, execArgv } = process;
  const usesProxy = env["NODE_USE_ENV_PROXY"] === "1" || execArgv.includes("--use-env-proxy");
  const all = { keepAlive: true, ...(usesProxy && { proxyEnv: env }), ...options };
  if (!credentials) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !credentialOptions.has(name)));
}
