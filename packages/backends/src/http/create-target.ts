import type { Fetch } from "@image-variations/client";
import type { NodeTransport } from "@image-variations/client/node";
import {
  boundedChunks,
  createSend,
  type Transport,
  type TransportResponse,
  type TransportRequest,
} from "@image-variations/client/transport";
import { BackendError } from "../backend-error.ts";
import type { ApiKey } from "./connection-options.ts";
import { readFailureDetails } from "./failure-details.ts";
import { redact } from "./redact.ts";
import { type TargetErrors, targetErrors } from "./target-errors.ts";
import { withDeadline } from "./with-deadline.ts";

export interface TargetSettings {
  /** Who it is, as the beginning of a sentence: `ComfyUI`. */
  readonly label: string;
  readonly baseURL: string;
  /** What to do if nothing listens there. */
  readonly startHint: string;
  /** The parameters that come from our caller: see `FailureContext`. */
  readonly callerParameters: ReadonlySet<string>;
  /** Sent as a bearer token. */
  readonly apiKey?: ApiKey | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Never shown in an error. */
  readonly secrets?: readonly string[];
  /** Milliseconds for a request, retries included. */
  readonly timeout: number;
  readonly maxRetries: number;
  readonly fetch?: Fetch | undefined;
  readonly maxResponseBytes: number;
}

/** What limits one request. */
export interface RequestLimits {
  readonly signal?: AbortSignal | undefined;
  /** @default the target's */
  readonly maxRetries?: number;
  /** Milliseconds. @default the target's */
  readonly timeout?: number;
}

export interface TargetRequest extends RequestLimits {
  readonly method?: "GET" | "POST";
  /** From `baseURL` on. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** The body: a form, or anything else as JSON. */
  readonly body?: FormData | object;
  /** Statuses that are not failures, besides 200 to 299. */
  readonly expects?: readonly number[];
}

export interface TargetResponse {
  readonly status: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The body as JSON. @throws BackendError if it is something else */
  json(): unknown;
}

type EncodedRequest = Pick<TransportRequest, "url" | "method" | "headers" | "body">;

/** A response that has arrived as a whole, whose status is not a failure. */
export interface WholeResponse {
  readonly status: number;
  readonly headers: HeaderFields;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

type HeaderFields = TransportResponse["headers"];

/** A system that makes images, over HTTP. Whatever goes wrong with it is a BackendError, except for the caller's own signal. */
export interface Target {
  readonly label: string;
  readonly errors: TargetErrors;
  request(request: TargetRequest): Promise<TargetResponse>;
  /** Sends a request that is encoded already. */
  exchange(request: EncodedRequest, limits: RequestLimits & Pick<TargetRequest, "expects">): Promise<WholeResponse>;
  /** Fetches an image from an `http:` or `https:` URL, without credentials. */
  fetchImage(url: string, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>>;
  /** The key to send, if one is set. */
  readKey(): Promise<string | undefined>;
  /** Closes the connections that are kept. */
  close(): Promise<void>;
}

/** The longest that a timer runs, in milliseconds: what bounds an attempt bounds all of them together. */
const noLimit = 2_147_483_647;

const isNode = typeof process === "object" && process.release?.name === "node";

export function createTarget(settings: TargetSettings): Target {
  return new HttpTarget(settings);
}

class HttpTarget implements Target {
  readonly label: string;
  readonly errors: TargetErrors;
  readonly #settings: TargetSettings;
  #nodeTransport: Promise<NodeTransport> | undefined;
  /** What `apiKey` returned last: it must not be shown either. */
  #lastKey = "";

  constructor(settings: TargetSettings) {
    this.#settings = settings;
    this.label = settings.label;
    const clean = (text: string): string => redact(text, [...(settings.secrets ?? []), this.#lastKey]);
    this.errors = targetErrors({ ...settings, clean });
  }

  async request({ method, path, query = {}, body, ...limits }: TargetRequest): Promise<TargetResponse> {
    const url = new URL(this.#settings.baseURL + path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const headers = new Map([["accept", body ? "application/json" : "*/*"]]);
    for (const [name, value] of Object.entries(this.#settings.headers ?? {})) headers.set(name.toLowerCase(), value);
    const key = await this.readKey();
    if (key !== undefined) headers.set("authorization", `Bearer ${key}`);
    const encoded = body && (await encodeBody(body));
    if (encoded) headers.set("content-type", encoded.contentType);
    const request = { url: url.href, method: method ?? (body ? "POST" : "GET"), headers, body: encoded?.bytes };
    const response = await this.exchange(request, limits);
    const { status, bytes } = response;
    return { status, bytes, json: () => this.#parseJson(response, `${request.method} ${publicUrl(url.href)}`) };
  }

  exchange(
    { url, method, headers, body }: EncodedRequest,
    { expects = [], ...limits }: RequestLimits & Pick<TargetRequest, "expects">,
  ): Promise<WholeResponse> {
    const request = `${method} ${publicUrl(url)}`;
    const { fetch, maxResponseBytes } = this.#settings;
    // An attempt that ran out of time left work behind that a second one would double: the limit is for all of them.
    const { signal: outer, timeout = this.#settings.timeout, maxRetries = this.#settings.maxRetries } = limits;
    const deadline = { milliseconds: timeout, signal: outer, expired: () => this.errors.ofTimeout(request, timeout) };
    return withDeadline(deadline, async (signal) => {
      try {
        const transport = await this.#openTransport();
        const send = createSend({ apiKey: "", timeout: noLimit, maxRetries, fetch, transport, logLevel: "off" });
        const sent = await send({ url, method, headers, body, signal });
        const { response, bytes } = await sent.read((current) => readWhole(current, maxResponseBytes));
        const { status } = response;
        if ((status >= 200 && status <= 299) || expects.includes(status))
          return { status, headers: response.headers, bytes };
        const retryAfter = response.headers.get("retry-after");
        throw this.errors.ofResponse({ status, text: new TextDecoder().decode(bytes), retryAfter, request });
      } catch (error) {
        throw this.errors.ofConnection(error, request);
      }
    });
  }

  async fetchImage(url: string, signal: AbortSignal | undefined): Promise<Uint8Array<ArrayBuffer>> {
    const target = URL.parse(url);
    if (target?.protocol !== "http:" && target?.protocol !== "https:") {
      const shown = JSON.stringify(url.slice(0, 200));
      throw this.errors.unexpected(`the url of an image is ${shown}, which is not an http or https URL.`);
    }
    return (await this.exchange({ url: target.href, method: "GET", headers: new Map() }, { signal })).bytes;
  }

  async readKey(): Promise<string | undefined> {
    const { apiKey } = this.#settings;
    if (apiKey === undefined) return undefined;
    const key: unknown = typeof apiKey === "string" ? apiKey : await apiKey();
    if (typeof key === "string" && key !== "") return (this.#lastKey = key);
    throw new BackendError(`The function \`apiKey\` must return a non-empty string, got ${typeof key}.`);
  }

  async close(): Promise<void> {
    (await this.#nodeTransport)?.close();
    this.#nodeTransport = undefined;
  }

  async #openTransport(): Promise<Transport | undefined> {
    if (this.#settings.fetch || !isNode) return undefined;
    // Node's own `fetch` gives up after five minutes without a response, which a CPU may need for an image.
    return (this.#nodeTransport ??= import("@image-variations/client/node").then((client) => client.nodeTransport()));
  }

  #parseJson({ bytes, headers }: WholeResponse, request: string): unknown {
    const text = new TextDecoder().decode(bytes);
    try {
      return JSON.parse(text);
    } catch (cause) {
      const found = readFailureDetails(text.slice(0, 10_000)).message ?? "nothing";
      const type = headers.get("content-type") ?? "no content type";
      const message = `the response to ${request} is ${type} instead of JSON: ${found.slice(0, 200)}`;
      throw this.errors.unexpected(message, cause);
    }
  }
}

async function readWhole(
  response: TransportResponse,
  maximumBytes: number,
): Promise<{ response: TransportResponse; bytes: Uint8Array<ArrayBuffer> }> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of boundedChunks(response, maximumBytes)) chunks.push(chunk as Uint8Array<ArrayBuffer>);
  const only = chunks.length === 1 ? chunks[0] : undefined;
  return { response, bytes: only ?? new Uint8Array(await new Blob(chunks).arrayBuffer()) };
}

async function encodeBody(body: FormData | object): Promise<{ bytes: Uint8Array<ArrayBuffer>; contentType: string }> {
  if (!(body instanceof FormData)) {
    return { bytes: new TextEncoder().encode(JSON.stringify(body)), contentType: "application/json" };
  }
  const encoded = new Response(body);
  const contentType = encoded.headers.get("content-type") ?? "multipart/form-data";
  return { bytes: new Uint8Array(await encoded.arrayBuffer()), contentType };
}

/** A URL as an error may show it. */
function publicUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
