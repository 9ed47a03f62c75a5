import type { ResolvedOptions } from "./client-options.ts";
import { fetchTransport } from "./transport/fetch-transport.ts";
import type { Transport } from "./transport/transport.ts";
import { withAuthentication } from "./transport/with-authentication.ts";
import { withTimeout } from "./transport/with-timeout.ts";

/**
 * The way to the server. This is the one place that knows the order of the layers, and the order is the meaning: the
 * time to answer in bounds one attempt, and each attempt asks for a key of its own.
 */
export function createTransport(options: ResolvedOptions): Transport {
  const send = fetchTransport(options.fetch, options.fetchOptions);
  return withTimeout(options.timeout)(withAuthentication(options.apiKey)(send));
}
