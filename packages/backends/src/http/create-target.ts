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
  exchange(
    request: Pick<TransportRequest, "url" | "method" | "headers" | "body">,
    limits: RequestLimits & Pick<TargetRequest, "expects">,
  ): Promise<WholeResponse>;
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
  const { label, baseURL, apiKey, secrets = [], maxResponseBytes, fetch } = settings;
  let nodeTransport: Promise<NodeTransport> | undefined;
  let lastKey = "";
  const clean = (text: string): string => redact(text, [...secrets, lastKey]);
  const errors = targetErrors({ ...settings, clean });

  const openTransport = async (): Promise<Transport | undefined> => {
    if (fetch || !isNode) return undefined;
    // Node's own `fetch` gives up after five minutes without a response, which a CPU may need for an image.
    return (nodeTransport ??= import("@image-variations/client/node").then((client) => client.nodeTransport()));
  };

  const readKey = async (): Promise<string | undefined> => {
    if (apiKey === undefined) return undefined;
    const key: unknown = typeof apiKey === "string" ? apiKey : await apiKey();
    if (typeof key === "string" && key !== "") return (lastKey = key);
    throw new BackendError(`The function \`apiKey\` must return a non-empty string, got ${typeof key}.`);
  };

  const exchange: Target["exchange"] = ({ url, method, headers, body }, { expects = [], ...limits }) => {
    const request = `${method} ${publicUrl(url)}`;
    // An attempt that ran out of time left work behind that a second one would double: the limit is for all of them.
    const { signal: outer, timeout = settings.timeout, maxRetries = settings.maxRetries } = limits;
    const deadline = { milliseconds: timeout, signal: outer, expired: () => errors.ofTimeout(request, timeout) };
    return withDeadline(deadline, async (signal) => {
      try {
        const transport = await openTransport();
        const send = createSend({ apiKey: "", timeout: noLimit, maxRetries, fetch, transport, logLevel: "off" });
        const sent = await send({ url, method, headers, body, signal });
        const { response, bytes } = await sent.read((current) => readWhole(current, maxResponseBytes));
        const { status } = response;
        if ((status >= 200 && status <= 299) || expects.includes(status))
          return { status, headers: response.headers, bytes };
        const retryAfter = response.headers.get("retry-after");
        throw errors.ofResponse({ status, text: new TextDecoder().decode(bytes), retryAfter, request });
      } catch (error) {
        throw errors.ofConnection(error, request);
      }
    });
  };

  const parseJson = ({ bytes, headers }: WholeResponse, request: string): unknown => {
    const text = new TextDecoder().decode(bytes);
    try {
      return JSON.parse(text);
    } catch (cause) {
      const found = readFailureDetails(text.slice(0, 10_000)).message ?? "nothing";
      const type = headers.get("content-type") ?? "no content type";
      throw errors.unexpected(`the response to ${request} is ${type} instead of JSON: ${found.slice(0, 200)}`, cause);
    }
  };

  return {
    label,
    errors,
    exchange,
    readKey,
    async request({ method, path, query = {}, body, ...limits }) {
      const url = new URL(baseURL + path);
      for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
      const headers = new Map([["accept", body ? "application/json" : "*/*"]]);
      for (const [name, value] of Object.entries(settings.headers ?? {})) headers.set(name.toLowerCase(), value);
      const key = await readKey();
      if (key !== undefined) headers.set("authorization", `Bearer ${key}`);
      const encoded = body && (await encodeBody(body));
      if (encoded) headers.set("content-type", encoded.contentType);
      const encodedRequest = {
        url: url.href,
        method: method ?? (body ? "POST" : "GET"),
        headers,
        body: encoded?.bytes,
      };
      const response = await exchange(encodedRequest, limits);
      const { status, bytes } = response;
      return { status, bytes, json: () => parseJson(response, `${encodedRequest.method} ${publicUrl(url.href)}`) };
    },
    async fetchImage(url, signal) {
      const target = URL.parse(url);
      if (target?.protocol !== "http:" && target?.protocol !== "https:") {
        const shown = JSON.stringify(url.slice(0, 200));
        throw errors.unexpected(`the url of an image is ${shown}, which is not an http or https URL.`);
      }
      return (await exchange({ url: target.href, method: "GET", headers: new Map() }, { signal })).bytes;
    },
    async close() {
      (await nodeTransport)?.close();
      nodeTransport = undefined;
    },
  };
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
