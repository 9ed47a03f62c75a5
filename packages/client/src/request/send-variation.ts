import type { ImageCreateVariationParams } from "../generated/schema.ts";
import type { ResolvedOptions } from "../options/client-options.ts";
import type { RequestOptions } from "../options/request-options.ts";
import { type RequestContext, withRequestOptions } from "../options/with-request-options.ts";
import { throwIfRejected } from "../response/throw-if-rejected.ts";
import { createSend } from "../transport/create-transport.ts";
import { orAbort } from "../transport/or-abort.ts";
import type { Exchange } from "../transport/with-retries.ts";
import { holdStreams } from "../uploads/hold-streams.ts";
import { checkBody } from "./check-body.ts";
import { prepareRequest } from "./prepare-request.ts";

/** A request for variations that the server accepted: the options it was made with, and its response, unread. */
export interface SentVariation {
  readonly context: RequestContext;
  readonly exchange: Exchange;
}

/**
 * Asks for variations of an image.
 *
 * @throws What `createVariation` throws before it reads the response.
 */
export async function sendVariation(
  client: ResolvedOptions,
  params: ImageCreateVariationParams,
  options: RequestOptions,
): Promise<SentVariation> {
  // Before anything is waited for.
  holdStreams(params);
  const context = withRequestOptions(client, options);
  const exchange = await orAbort(async () => {
    const body = context.validate ? await checkBody(context, params) : params;
    const request = await prepareRequest(context, "POST", "/images/variations", { ...options, body });
    const sent = await createSend(context)(request);
    await throwIfRejected(sent.response, context.baseURL);
    return sent;
  }, context.signal);
  return { context, exchange };
}
