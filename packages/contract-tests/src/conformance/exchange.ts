import { operation } from "../contract/operation.ts";
import { problemsOfAnswer } from "../contract/problems-of-answer.ts";
import { samplePicture } from "../wire/sample-picture.ts";

/** What is sent to a server to see what it makes of it. */
export interface Inquiry {
  /** Text parts by name. */
  readonly fields?: Readonly<Record<string, string | number>>;
  /** The picture; null leaves its part out. Default: a small valid one. */
  readonly image?: Uint8Array<ArrayBuffer> | null;
  /** What the picture's part is called. Default: as the spec says. */
  readonly imageName?: string;
  /** The key to send; null for none. Default: the right one. */
  readonly key?: string | null;
  /** A body that is no form, and what it says that it is. */
  readonly body?: { readonly text: string; readonly mediaType: string };
}

/** A server's answer to an inquiry, read to its end. */
export interface Exchange {
  readonly status: number;
  /** The body's JSON, or its text where it is none. */
  readonly body: unknown;
  /** How the answer departs from the spec. */
  readonly problems: readonly string[];
}

export interface ExchangeOptions {
  /** The server, version prefix included. */
  readonly url: string;
  readonly key: string | undefined;
  /** How long to wait for an answer, in milliseconds. */
  readonly timeout: number;
}

/** Sends an inquiry, by nothing but the platform. */
export async function exchange(inquiry: Inquiry, { url, key, timeout }: ExchangeOptions): Promise<Exchange> {
  const { method, path } = operation;
  const sentKey = inquiry.key === undefined ? key : inquiry.key;
  const headers: Record<string, string> = {
    ...(sentKey && { authorization: `Bearer ${sentKey}` }),
    ...(inquiry.body && { "content-type": inquiry.body.mediaType }),
  };
  const body = inquiry.body?.text ?? toForm(inquiry);
  const signal = AbortSignal.timeout(timeout);
  const response = await fetch(url + path, { method, headers, body, signal, redirect: "manual" });
  const text = await response.text();
  const read = parse(text);
  return { status: response.status, body: read, problems: problemsOfAnswer(response, read) };
}

function toForm({ fields = {}, image = samplePicture, imageName = "image" }: Inquiry): FormData {
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
