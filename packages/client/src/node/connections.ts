import type { ClientRequest } from "node:http";
import type { Agent, AgentOptions, request as makeRequest } from "node:https";
import { OpenAIError } from "../errors/openai-error.ts";
import { requestLine } from "../errors/request-line.ts";
import type { TransportRequest } from "../transport/transport.ts";

type Credentials = TransportRequest["credentials"];

/** The connections of one protocol, with or without the client's certificates. */
interface Pool {
  readonly agent: Agent;
  readonly request: typeof makeRequest;
}

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

/** The connections that a transport keeps, and the requests that are opened on them. */
export class Connections {
  readonly #options: AgentOptions;
  readonly #pools = new Map<string, Pool>();
  #lastTarget: URL | undefined;

  constructor(options: AgentOptions) {
    this.#options = options;
  }

  /**
   * Opens a request; nothing is sent yet.
   *
   * @throws OpenAIError if the request is invalid, whatever the connection.
   */
  open(message: TransportRequest): { request: ClientRequest; target: URL } {
    try {
      const target = this.#targetOf(message.url);
      return { request: this.#openAt(target, message), target };
    } catch (cause) {
      const { code, message: why } = cause as NodeJS.ErrnoException;
      throw new OpenAIError(`Invalid request: ${code ?? why} (${requestLine(message)})`, { cause });
    }
  }

  close(): void {
    for (const { agent } of this.#pools.values()) agent.destroy();
    this.#pools.clear();
  }

  /** Most requests go where the last one went, and a URL takes long to parse. */
  #targetOf(url: string): URL {
    if (this.#lastTarget?.href !== url) this.#lastTarget = new URL(url);
    return this.#lastTarget;
  }

  #openAt(target: URL, { method, headers, body, credentials }: TransportRequest): ClientRequest {
    const { agent, request } = this.#poolOf(target.protocol, credentials);
    const fields = headers.get("host") ? [] : ["host", target.host];
    for (const [name, value] of headers) if (!ownHeaders.has(name)) fields.push(name, value);
    // Encodings save nothing on images; and a server that insists is understood nevertheless.
    if (!headers.get("accept-encoding")) fields.push("accept-encoding", "identity");
    if (body) fields.push("content-length", String(body.length));
    return request({
      agent,
      method,
      hostname: target.hostname.replaceAll(/[[\]]/g, ""),
      port: target.port,
      path: target.pathname + target.search,
      headers: fields,
    });
  }

  #poolOf(protocol: string, credentials: Credentials): Pool {
    const name = `${protocol}${credentials ?? ""}`;
    let pool = this.#pools.get(name);
    if (!pool) {
      if (protocol !== "http:" && protocol !== "https:") throw new TypeError(`unsupported protocol ${protocol}`);
      const { Agent: AgentClass, request } = process.getBuiltinModule(`node:${protocol.slice(0, -1) as "https"}`);
      pool = { agent: new AgentClass(agentOptions(this.#options, credentials)), request };
      this.#pools.set(name, pool);
    }
    return pool;
  }
}

function agentOptions(options: AgentOptions, credentials: Credentials): AgentOptions {
  const { env, execArgv } = process;
  const usesProxy = env["NODE_USE_ENV_PROXY"] === "1" || execArgv.includes("--use-env-proxy");
  const all = { keepAlive: true, ...(usesProxy && { proxyEnv: env }), ...options };
  if (!credentials) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !credentialOptions.has(name)));
}
