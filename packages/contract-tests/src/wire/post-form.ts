import { operation } from "../contract/operation.ts";
import { target } from "../target/target.ts";
import { sampleFile } from "./sample-image.ts";

export interface Form {
  /** Text parts by name. */
  readonly fields?: Readonly<Record<string, string | number | boolean>>;
  /** The image; null leaves its part out. Default: a valid one. */
  readonly image?: Blob | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a form to the server that the suite tests, with the platform's own fetch and FormData. */
export function postForm({ fields = {}, image = sampleFile(), headers = {} }: Form = {}): Promise<Response> {
  const body = new FormData();
  if (image) body.append("image", image);
  for (const [name, value] of Object.entries(fields)) body.append(name, String(value));
  return postBody(body, headers);
}

/** Sends any body to the server that the suite tests, with the right key unless the headers say otherwise. */
export function postBody(
  body: NonNullable<RequestInit["body"]>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const { method, path } = operation;
  return fetch(target.url + path, {
    method,
    headers: { authorization: `Bearer ${target.apiKey}`, ...headers },
    body,
  });
}
