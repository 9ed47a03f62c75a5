import type { ResolvedOptions } from "../options/runtime-options.ts";
import { createTransport } from "../transport/create-transport.ts";
import { throwIfRejected } from "../response/throw-if-rejected.ts";
import type { RequestOptions } from "../options/request-options.ts";
import { resolveURL } from "../options/resolve-url.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { withRequestOptions } from "../options/with-request-options.ts";

/** What to fetch, and what to say of a URL that is not fetched. */
interface ImageRequest {
  readonly client: ResolvedOptions;
  readonly options: RequestOptions;
  readonly url: unknown;
  readonly rejectUrl: (url: unknown, why: string) => Error;
}

const maximumRedirects = 20;

/**
 * Asks for an image at its URL: like any other request, but without the API key and the client's headers, and only from
 * the origins that `imageOrigins` allows, wherever it is redirected to.
 *
 * @throws APIError, in the class of the response's status; APIConnectionError if there is no response.
 */
export async function openImage({ client, options, url, rejectUrl }: ImageRequest): Promise<TransportResponse> {
  const context = withRequestOptions(client, options);
  const transport = createTransport(context);
  let place = url;
  for (let redirects = 0; redirects <= maximumRedirects; redirects++) {
    const target = typeof place === "string" && URL.parse(place);
    if (!target || !/^https?:$/.test(target.protocol)) throw rejectUrl(place, "which is not an http(s) URL");
    if (!isAllowed(target, context)) throw rejectUrl(place, `and \`imageOrigins\` does not allow ${target.origin}`);
    const ask = (redirect: "follow" | "manual"): Promise<TransportResponse> =>
      transport({
        url: target.href,
        method: "GET",
        headers: new Map(),
        signal: context.signal,
        credentials: "omit",
        redirect,
      });
    const response = await ask("manual");
    const { status, headers } = response;
    // A browser does not tell where a redirect leads, but keeps its own rules on what a page may ask for.
    if (!status) return throwIfRejected(await ask("follow"));
    const location = headers.get("location");
    if (status < 301 || status > 308 || !location) return throwIfRejected(response);
    response.discard();
    place = URL.parse(location, target)?.href ?? location;
  }
  throw rejectUrl(url, `which redirects more than ${maximumRedirects} times`);
}

/** The names that belong to a machine or to a network, and not to the internet. */
const localNames = /^([^.]+|.*\.(arpa|corp|home|internal|intranet|lan|local|localhost)|[\d.]+|\[.*)\.?$/;

function isAllowed({ origin, protocol, hostname }: URL, { baseURL, imageOrigins }: ResolvedOptions): boolean {
  return (
    origin === resolveURL(baseURL).origin ||
    (imageOrigins ? imageOrigins.includes(origin) : protocol === "https:" && !localNames.test(hostname))
  );
}
