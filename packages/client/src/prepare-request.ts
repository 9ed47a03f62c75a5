import { operations } from "./generated/operations.ts";
import { mergeHeaders, type HeadersLike } from "./merge-headers.ts";
import type { TransportRequest } from "./transport/transport.ts";
import { keyPlaceholder } from "./transport/with-authentication.ts";
import { encodeMultipart } from "./uploads/encode-multipart.ts";
import type { RequestContext } from "./with-request-options.ts";

/** What a caller says of one request. */
export interface RequestInput {
  readonly body?: object | undefined;
  readonly headers?: HeadersLike | undefined;
  readonly query?: Readonly<Record<string, string | undefined>> | undefined;
  readonly idempotencyKey?: string | undefined;
}

/**
 * From an operation and its input to the request on the wire. The body is encoded here, once, so that every attempt
 * sends the same bytes.
 *
 * @throws TypeError where the body can't be encoded, OpenAIError where an upload is too large.
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
  const url = new URL(context.baseURL.replace(/\/$/, "") + path);
  for (const [name, value] of Object.entries({ ...context.defaultQuery, ...query })) {
    if (value !== undefined) url.searchParams.set(name, value);
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
      context.defaultHeaders,
      encoded && { "content-type": encoded.contentType },
      headers,
    ),
    body: encoded?.bytes,
    signal: context.signal,
  };
}
