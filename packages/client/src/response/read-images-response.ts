import type { WithRequestID } from "./api-promise.ts";
import { checkImagesResponse } from "./check-images-response.ts";
import { checkWith } from "../options/check-with.ts";
import { throwIfRejected } from "./throw-if-rejected.ts";
import { unexpectedResponse } from "../errors/unexpected-response.ts";
import type { ImagesResponse } from "./images-response.ts";
import { parseJson } from "./parse-json.ts";
import { readText } from "./read-text.ts";
import type { TransportResponse } from "../transport/transport.ts";
import type { Exchange } from "../transport/with-retries.ts";
import type { RequestContext } from "../options/with-request-options.ts";

/**
 * The images in a response. If its body breaks off, the request is sent again, as often as may be.
 *
 * @throws UnexpectedResponseError if the body is not a JSON object with images, is too large, or does not pass
 *   `checkResponse`; APIConnectionError if it breaks off.
 */
export async function readImagesResponse(
  exchange: Exchange,
  { baseURL, maxResponseBytes, checkResponse }: Pick<RequestContext, "baseURL" | "maxResponseBytes" | "checkResponse">,
): Promise<WithRequestID<ImagesResponse>> {
  const { response, text } = await exchange.read(async (current) => {
    const accepted = await throwIfRejected(current, baseURL);
    return { response: accepted, text: await readText(accepted, maxResponseBytes) };
  });
  const images = checkImagesResponse(response, parseJson(response, text));
  const reject = (message: string, issues: unknown): Error => unexpectedResponse(response, message, issues);
  const checked = checkResponse ? await checkWith(checkResponse, images, reject) : images;
  return withRequestID(checked, response);
}

/** A value with the request's name in the server's logs, which does not show among its properties. */
export function withRequestID<Value extends object>(
  value: Value,
  { headers }: TransportResponse,
): WithRequestID<Value> {
  return Object.defineProperty(value, "_request_id", { value: headers.get("x-request-id") ?? null });
}
