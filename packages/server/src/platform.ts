import type { Logger } from "./observability/logger.ts";
import type { Metrics } from "./observability/metrics.ts";

/** What whoever receives requests lends the handler: a listener on a port, or the program that it runs in. */
export interface Platform {
  /** Makes responses. A listener may have a class that is cheaper than the global one. */
  readonly Response: new (body?: RequestInit["body"], init?: ResponseInit) => Response;
  readonly readBody: ReadBody;
  /** Who sent a request without a key, such as an IP address. */
  readonly callerOf?: (request: Request) => string | undefined;
  /** Whether a client can fetch from the origin of a request's URL: true behind a port. */
  readonly hasOrigin: boolean;
  /** The only hosts, without a port, that a request may name. @default any */
  readonly allowedHosts?: readonly string[];
  /** Whether pages of other origins are kept out, as nobody has to have a key. @default false */
  readonly rejectsForeignOrigins?: boolean;
  readonly logger?: Logger;
  readonly metrics?: Metrics;
}

/**
 * Reads a request's body into one buffer.
 *
 * @throws BodyTooLargeError as soon as it has more than `limit` bytes.
 */
export type ReadBody = (
  request: Request,
  options: { readonly limit: number; readonly signal: AbortSignal },
) => Promise<Uint8Array<ArrayBuffer>>;

/** A body has more bytes than are read. */
export class BodyTooLargeError extends Error {
  override readonly name = "BodyTooLargeError";
}
