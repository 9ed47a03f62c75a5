import { createLog, type Logger, type LogLevel } from "./log.ts";
import { type Fetch, type FetchOptions, fetchTransport } from "./fetch-transport.ts";
import type { Transport } from "./transport.ts";
import { type ApiKey, withAuthentication } from "./with-authentication.ts";
import { withLogging } from "./with-logging.ts";
import { withRedirects } from "./with-redirects.ts";
import { type Send, withRetries } from "./with-retries.ts";
import { withTimeout } from "./with-timeout.ts";

/** What a transport depends on; the other options of a client are about the contract. */
export interface TransportOptions extends SenderOptions {
  /** The API key, or a function that returns one, which is called before every attempt; null if there is none. */
  apiKey: ApiKey | null;
  /** How long an attempt may take, response included, in milliseconds; Infinity for no limit. */
  timeout: number;
  /** How often to try again after a failure that may pass. */
  maxRetries: number;
  /** Origins, beside the request's own, to which a server may redirect a request. Default: none. */
  redirectOrigins?: readonly string[] | undefined;
  /** Where log lines go. Default: the console. */
  logger?: Logger | undefined;
  /** How much is logged. */
  logLevel: LogLevel;
}

/** What sends a request: a transport, or `fetch` with its options. */
interface SenderOptions {
  /** The `fetch` to use. Default: the global one. */
  fetch?: Fetch | undefined;
  /** More options for every `fetch`. */
  fetchOptions?: FetchOptions | undefined;
  /** What sends requests in place of `fetch`. */
  transport?: Transport | undefined;
}

/** What fetching a file from its URL depends on. */
export type UploadTransportOptions = SenderOptions & Pick<TransportOptions, "timeout">;

/**
 * The way to the server. This is the one place that knows the order of the layers, and the order is the meaning: retries
 * bound sending and reading, the timeout bounds one attempt with all its redirects, and each attempt asks for a key of
 * its own.
 */
export function createSend(options: TransportOptions): Send {
  const log = createLog(options.logger, options.logLevel);
  const layers = [
    withTimeout(options.timeout),
    withAuthentication(options.apiKey),
    withRedirects(options.redirectOrigins ?? []),
    withLogging(log),
  ];
  return withRetries(options.maxRetries, log)(layers.reduceRight((next, layer) => layer(next), sender(options)));
}

/** The way to the server for a caller that reads the body itself: a body that breaks off is not asked for again. */
export function createTransport(options: TransportOptions): Transport {
  const send = createSend(options);
  return async (request) => (await send(request)).response;
}

/** The way to a file that is uploaded from its URL: in the same time, once, and without credentials. */
export function createUploadTransport(options: UploadTransportOptions): Transport {
  return withTimeout(options.timeout)(sender(options));
}

function sender({ transport, fetch, fetchOptions }: SenderOptions): Transport {
  return transport ?? fetchTransport(fetch, fetchOptions);
}
