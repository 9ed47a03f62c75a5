import type { ClientOptions, ResolvedOptions } from "./client-options.ts";
import { createLog } from "./log.ts";
import { fetchTransport } from "./transport/fetch-transport.ts";
import type { Transport } from "./transport/transport.ts";
import { withAuthentication } from "./transport/with-authentication.ts";
import { withLogging } from "./transport/with-logging.ts";
import { withRedirects } from "./transport/with-redirects.ts";
import { withRetries } from "./transport/with-retries.ts";
import { withTimeout } from "./transport/with-timeout.ts";

/** What the layers need of a client's options; the rest is about the contract. */
export interface TransportOptions
  extends
    Pick<ResolvedOptions, "apiKey" | "timeout" | "maxRetries" | "logLevel">,
    Pick<ClientOptions, "fetch" | "fetchOptions" | "transport" | "redirectOrigins" | "logger"> {}

/**
 * The way to the server. This is the one place that knows the order of the layers, and the order is the meaning: the
 * timeout bounds one attempt with all its redirects, and each attempt asks for a key of its own.
 */
export function createTransport(options: TransportOptions): Transport {
  const log = createLog(options.logger, options.logLevel);
  const layers = [
    withRetries(options.maxRetries, log),
    withTimeout(options.timeout),
    withAuthentication(options.apiKey),
    withRedirects(options.redirectOrigins ?? []),
    withLogging(log),
  ];
  return layers.reduceRight((next, layer) => layer(next), sender(options));
}

/** The way to a file that is uploaded from its URL: in the same time, once, and without credentials. */
export function createUploadTransport(options: SenderOptions & Pick<ResolvedOptions, "timeout">): Transport {
  return withTimeout(options.timeout)(sender(options));
}

type SenderOptions = Pick<ResolvedOptions, "transport" | "fetch" | "fetchOptions">;

function sender({ transport, fetch, fetchOptions }: SenderOptions): Transport {
  return transport ?? fetchTransport(fetch, fetchOptions);
}
