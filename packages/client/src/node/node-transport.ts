import type { ClientRequest } from "node:http";
import type { Agent, AgentOptions, request as makeRequest } from "node:https";
import { APIConnectionError } from "../errors/api-error.ts";
import type { Transport, TransportAnswer, TransportRequest } from "../transport/transport.ts";
import { nodeAnswer } from "./node-answer.ts";

/** Whatever an `https.Agent` takes: `maxSockets`, `ca`, `localAddress` and the like. `keepAlive` is true by default. */
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

/**
 * The transport of Node: `node:http` and `node:https`, loaded at the first request. It costs about a third of what
 * `fetch` does. A connection is used again and again; where the server had closed it meanwhile, that is an APIConnectionError
 * like any other, and tried again like any other. `fetch` and `fetchOptions` are of no effect on it.
 *
 * @example
 * ```ts
 * const client = new ImageVariations({ transport: nodeTransport() });
 * ```
 */
export function nodeTransport(options: NodeTransportOptions = {}): NodeTransport {
  const ways = new Map<string, Way>();
  let lastTarget: URL | undefined;

  const wayOf = ({ protocol, href }: URL): Way => {
    let way = ways.get(protocol);
    if (!way) {
      if (protocol !== "http:" && protocol !== "https:") throw new TypeError(`Can't send to ${href}.`);
      const { Agent: AgentClass, request } = process.getBuiltinModule(`node:${protocol.slice(0, -1) as "https"}`);
      ways.set(protocol, (way = { agent: new AgentClass({ keepAlive: true, ...options }), request }));
    }
    return way;
  };

  const open = ({ method, headers, body }: TransportRequest, target: URL): ClientRequest => {
    const { agent, request } = wayOf(target);
    const fields = headers.get("host") ? [] : ["host", target.host];
    for (const [name, value] of headers) fields.push(name, value);
    // Encodings save nothing on pictures; and a server that insists is understood nevertheless.
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

  const send = (message: TransportRequest, redirects: number): Promise<TransportAnswer> =>
    new Promise((resolve, reject) => {
      const { signal, body, url } = message;
      // Most requests go where the last one went, and a URL takes long to parse.
      if (lastTarget?.href !== url) lastTarget = new URL(url);
      const target = lastTarget;
      const request = open(message, target);
      const fail = (cause: unknown): void => reject(new APIConnectionError({ cause }));
      const abort = (): void => void request.destroy(signal?.reason as Error);
      const release = (): void => signal?.removeEventListener("abort", abort);
      signal?.addEventListener("abort", abort);
      if (signal?.aborted) abort();
      request.on("error", fail);
      request.on("close", release);
      request.on("response", (response) => {
        const answer = nodeAnswer(response);
        const { status, headers } = answer;
        const location = headers.get("location");
        if (body || !location || status < 301 || status > 308) {
          resolve(answer);
        } else {
          response.destroy();
          if (redirects === 0) fail(new Error(`Redirected more than ${maximumRedirects} times.`));
          else send({ ...message, url: new URL(location, target).href }, redirects - 1).then(resolve, reject);
        }
      });
      request.end(body);
    });

  const close = (): void => {
    for (const { agent } of ways.values()) agent.destroy();
    ways.clear();
  };
  const transport = async (request: TransportRequest): Promise<TransportAnswer> => {
    try {
      return await send(request, maximumRedirects);
    } catch (cause) {
      throw cause instanceof APIConnectionError ? cause : new APIConnectionError({ cause });
    }
  };
  return Object.assign(transport, { close, [Symbol.dispose]: close });
}
