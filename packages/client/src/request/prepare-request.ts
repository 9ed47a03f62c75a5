import { operations } from "../generated/operations.ts";
import { mergeHeaders, type HeadersLike } from "../transport/merge-headers.ts";
import { queryPairs } from "./query-pairs.ts";
import { readCustomHeaders } from "../options/read-environment.ts";
import { resolveURL } from "../options/resolve-url.ts";
import type { TransportRequest } from "../transport/transport.ts";
import { keyPlaceholder } from "../transport/with-authentication.ts";
import { encodeMultipart } from "../uploads/encode-multipart.ts";
import type { RequestContext } from "../options/with-request-options.ts";

/** What a caller says of one request. */
export interface RequestInput {
  readonly body?: object | undefined;
  readonly headers?: HeadersLike | null | undefined;
  readonly query?: object | null | undefined;
  readonly idempotencyKey?: string | undefined;
}

/**
 * From an operation and its input to the request on the wire. The body is encoded here, once, so that every attempt
 * sends the same bytes.
 *
 * @throws TypeError if a value is not a file, UploadError if a file can't be read, is empty or too large, OpenAIError if
 *   the URL or a header can't be sent.
 */
export async function prepareRequest(
  context: RequestContext,
  method: string,
  path: string,
  { body, headers, query, idempotencyKey }: RequestInput,
): Promise<TransportRequest> {
  const { requestMediaType, uploads = {}, security = [] } = operations[`${method} ${path}`] ?? {};
  const encoded =
    body &&
    (requestMediaType === "multipart/form-data"
      ? await encodeMultipart(body, uploads, context)
      : { bytes: new TextEncoder().encode(JSON.stringify(body)), contentType: "application/json" });
  const url = resolveURL(context.baseURL, path);
  for (const [name, value] of Object.entries({ ...context.defaultQuery, ...query })) {
    url.searchParams.delete(name);
    for (const [key, text] of queryPairs(name, value)) url.searchParams.append(key, text);
  }
  return {
    url: url.href,
    method,
    headers: mergeHeaders(
      {
        accept: "application/json",
        authorization: security.length > 0 ? keyPlaceholder : null,
        "idempotency-key": idempotencyKey,
        "openai-organization": context.organization,
        "openai-project": context.project,
      },
      readCustomHeaders(),
      context.defaultHeaders,
      encoded && { "content-type": encoded.contentType },
      headers,
    ),
    body: encoded?.bytes,
    signal: context.signal,
  };
}
