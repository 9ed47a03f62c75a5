import { probes } from "./probes.ts";
import { sendProbe, type ProbeResponse, type SendOptions } from "./send-probe.ts";
import { shorten } from "./shorten.ts";

/** Nothing can be said of the server; the message is one sentence that says why, and what to do. */
export class UncheckableServerError extends Error {
  override name = "UncheckableServerError";
}

/** A server that closes the connection is there; whether it does so to every request is seen later. */
const brokenOff: ReadonlySet<string> = new Set(["ECONNRESET", "EPIPE"]);

/** The most bytes that are read in response to a request that should be rejected. */
const maxErrorBytes = 1_048_576;

/**
 * Sends a request that costs a server nothing, because it has no image, and looks only for a server that is not the
 * right one: unreachable, silent, another path, a redirect, an invalid key, a rate limit.
 *
 * @throws UncheckableServerError if it is.
 */
export async function reachServer(options: SendOptions & { readonly firstTimeout: number }): Promise<void> {
  const { url, firstTimeout, timeout } = options;
  const response = await sendProbe(probes.noImage, {
    ...options,
    timeout: Math.min(firstTimeout, timeout),
    maxBodyBytes: maxErrorBytes,
  });
  const { failure } = response;
  if (failure && /^E[A-Z_]+$|^no complete/.test(failure) && !brokenOff.has(failure)) {
    throw new UncheckableServerError(`${url} can't be checked: ${failure}.${failure.startsWith("no ") ? slow : ""}`);
  }
  const reason = wrongServer(url, response);
  if (reason) throw new UncheckableServerError(reason);
}

const slow = " The request has no image, so it needs no work; --first-timeout SECONDS waits longer.";

/** Whether a rejection may only be about a model that was not named. */
export function asksForModel({ status }: ProbeResponse): boolean {
  return status !== undefined && status >= 400 && status !== 429;
}

/**
 * Why nothing can be checked after the first valid requests: none of them was accepted. Undefined if one was.
 *
 * @param responses To valid requests, the most explicit one last.
 */
export function whyUncheckable(
  url: string,
  responses: readonly ProbeResponse[],
  model: string | undefined,
): string | undefined {
  if (responses.some(({ status }) => status !== undefined && status < 300)) return undefined;
  const last = responses.at(-1)!;
  if (last.status === undefined) {
    return `${url} can't be checked: ${responses.length} valid requests got no response (${last.failure}).`;
  }
  const wrong = wrongServer(url, last);
  if (wrong) return wrong;
  const named = model === undefined ? "" : ` for the model ${model}; --model NAME asks for another`;
  return `${url} can't be checked: it rejects a valid request with ${last.status}${named}: ${shorten(last.body)}`;
}

/** What a status says about the target, whatever was sent. */
function wrongServer(url: string, { status, headers, body }: ProbeResponse): string | undefined {
  if (status === undefined) return undefined;
  if (status >= 300 && status < 400) {
    const location = headers.get("location");
    const to = location === null ? "without saying where" : `to ${shorten(location)}; use the right address`;
    return `${url} can't be checked: it redirects (${status}) ${to}.`;
  }
  if (status === 401 || status === 403) {
    return `${url} can't be checked: it rejects the API key (${status}); pass one with --api-key or OPENAI_API_KEY: ${shorten(body)}`;
  }
  if (status === 429) {
    const wait = headers.get("retry-after");
    const until = wait === null ? "try again later" : `try again after ${shorten(wait)} (retry-after)`;
    return `${url} can't be checked: it is rate limiting (429); ${until}: ${shorten(body)}`;
  }
  if ((status === 404 || status === 405 || status === 410 || status === 501) && !namesModel(body)) {
    const prefix = /\/v\d+$/.test(url) ? "" : `; the URL includes the version prefix, such as ${url}/v1`;
    return `${url} can't be checked: it has no POST /images/variations (${status})${prefix}: ${shorten(body)}`;
  }
  return undefined;
}

/** A 404 may be about the model and not about the path. */
function namesModel(body: unknown): boolean {
  return typeof body === "object" && body !== null && /model/i.test(shorten(body));
}
