import { describeError } from "../errors/describe-error.ts";
import { unexpectedResponse } from "../errors/unexpected-response.ts";
import type { ImagesResponse } from "./images-response.ts";
import type { TransportResponse } from "../transport/transport.ts";

/**
 * A response, if it has a list of images. Gateways send errors with status 200, and empty objects.
 *
 * @throws UnexpectedResponseError with what the server says instead.
 */
export function checkImagesResponse(response: TransportResponse, body: object): ImagesResponse {
  const { data, error } = body as { data?: unknown; error?: unknown };
  if (Array.isArray(data) && !(error && data.length === 0)) return body as ImagesResponse;
  const said = describeError(body).message ?? `a response without \`data\``;
  throw unexpectedResponse(response, `Expected images, got: ${said}`, undefined, body);
}
