import { createPng } from "@image-variations/png-corpus";

/** Anything that a request can be sent to: a handler, or fetch. */
export type Send = (url: string, init: RequestInit) => Promise<Response>;

export interface FormFields {
  readonly [name: string]: string | number | Blob | Uint8Array<ArrayBuffer> | null | undefined;
}

export const samplePng: Uint8Array<ArrayBuffer> = createPng({ width: 8, height: 8 });

/** A form with a small valid image, unless the fields say otherwise; null leaves one out. */
export function formOf(fields: FormFields = {}): FormData {
  const form = new FormData();
  const { image = samplePng, ...others } = fields;
  if (image instanceof Uint8Array) form.append("image", new File([image], "otter.png", { type: "image/png" }));
  else if (image instanceof Blob) form.append("image", image);
  for (const [name, value] of Object.entries(others)) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== null && value !== undefined) form.append(name, String(value));
  }
  return form;
}

export interface PostOptions {
  readonly headers?: Record<string, string>;
  readonly signal?: AbortSignal;
  readonly url?: string;
}

/** Sends a form with POST. */
export function postForm(send: Send, fields: FormFields = {}, options: PostOptions = {}): Promise<Response> {
  const { url = "http://server.test/v1/images/variations", headers = {}, signal } = options;
  return send(url, { method: "POST", body: formOf(fields), headers, ...(signal && { signal }) });
}
