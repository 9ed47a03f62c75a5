import type { Fetch } from "@image-variations/client";
import type { ImageCodec } from "../codec/image-codec.ts";

/** How a target is reached. Every backend that goes over HTTP takes these. */
export interface ConnectionOptions {
  /** How long a request to the target may take, retries included, in milliseconds. @default 600_000 */
  readonly timeout?: number | undefined;
  /** How often to try again after 408, 409, 429, 5xx or a failed connection; `Retry-After` is honored. @default 2 */
  readonly maxRetries?: number | undefined;
  /** Headers for every request, such as those that a proxy wants. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sends the requests. @default `node:http` on Node, which waits as long as `timeout` says; elsewhere the global `fetch` */
  readonly fetch?: Fetch | undefined;
  /** The most bytes of one response. @default 134_217_728 */
  readonly maxResponseBytes?: number | undefined;
  /** Decodes what comes, and encodes it as PNG. @default sharp on Node, a canvas in browsers */
  readonly codec?: ImageCodec | undefined;
}

/** A key, or a function that is asked for one before every request. */
export type ApiKey = string | (() => string | Promise<string>);
