import { operation } from "./contract/operation.ts";
import { violationsOfResponse } from "./contract/violations-of-response.ts";
import { readBody } from "./read-body.ts";
import { sampleImage } from "./sample-image.ts";

/** A request that is sent to see what a server makes of it. */
export interface Probe {
  /** What is sent, in a few words, for the progress. */
  readonly what: string;
  /** Text parts by name. */
  readonly fields?: Readonly<Record<string, string | number>>;
  /** The image; null leaves its part out. Default: a small valid one. */
  readonly image?: Uint8Array<ArrayBuffer> | null;
  /** What the image's part is called. Default: as the spec says. */
  readonly imageName?: string;
  /** The key to send; null for none. Default: the right one. */
  readonly key?: string | null;
  /** A body that is not a form, and its media type. */
  readonly body?: { readonly text: string; readonly mediaType: string };
}

/** A response to a probe, as far as it arrived. */
export interface ProbeResponse {
  /** Undefined if no complete response arrived: `failure` says why. */
  readonly status: number | undefined;
  readonly failure: string | undefined;
  readonly headers: Headers;
  /** The body's JSON, or its text if it is not JSON. */
  readonly body: unknown;
  /** How the response differs from the spec. */
  readonly violations: readonly string[];
}

/** Where requests go, and how much of a response is waited for. */
export interface SendOptions {
  /** The server, version prefix included. */
  readonly url: string;
  readonly key: string | undefined;
  /** The most time for a response, body included, in milliseconds. */
  readonly timeout: number;
  /** The most bytes of a response body. */
  readonly maxBodyBytes: number;
  /** Ends the check: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Sends a probe with nothing but the platform. Whatever ends the exchange, the returned promise resolves. */
export async function sendProbe(probe: Probe, options: SendOptions): Promise<ProbeResponse> {
  const { url, key, timeout, maxBodyBytes } = options;
  const { method, path } = operation;
  const sentKey = probe.key === undefined ? key : probe.key;
  const headers: Record<string, string> = {
    ...(sentKey && { authorization: `Bearer ${sentKey}` }),
    ...(probe.body && { "content-type": probe.body.mediaType }),
  };
  const timeLimit = AbortSignal.timeout(timeout);
  const signal = options.signal ? AbortSignal.any([timeLimit, options.signal]) : timeLimit;
  try {
    const body = probe.body?.text ?? toForm(probe);
    const response = await fetch(url + path, { method, headers, body, signal, redirect: "manual" });
    const read = parse(new TextDecoder().decode(await readBody(response, maxBodyBytes)));
    return {
      status: response.status,
      failure: undefined,
      headers: response.headers,
      body: read,
      violations: [...new Set(violationsOfResponse(response, withFewImages(read)).map(ofAnyImage))].slice(0, 20),
    };
  } catch (error) {
    options.signal?.throwIfAborted();
    const failure = timeLimit.aborted ? `no complete response within ${timeout / 1_000} s` : reasonOf(error as Error);
    return { status: undefined, failure, headers: new Headers(), body: undefined, violations: [] };
  }
}

function toForm({ fields = {}, image = sampleImage, imageName = "image" }: Probe): FormData {
  const form = new FormData();
  if (image) form.append(imageName, new File([image], "otter.png", { type: "image/png" }));
  for (const [name, value] of Object.entries(fields)) form.append(name, String(value));
  return form;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const checkedImages = 100;

/** A response with as many images as are worth checking, whatever a server sends: a million errors say no more than one. */
function withFewImages(body: unknown): unknown {
  const { data } = (typeof body === "object" && body !== null ? body : {}) as { data?: unknown };
  return Array.isArray(data) && data.length > checkedImages
    ? { ...(body as object), data: data.slice(0, checkedImages) }
    : body;
}

/** What is wrong with one image is mostly wrong with all. */
function ofAnyImage(violation: string): string {
  return violation.replace(/^body\/data\/\d+\//, "body/data/*/");
}

/** What the runtime said in the end, without what it was wrapped in: `ECONNREFUSED`, for example. */
function reasonOf(error: Error & { code?: unknown }): string {
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return typeof error.code === "string" && /^E[A-Z]+/.test(error.code) ? error.code : error.message;
}
