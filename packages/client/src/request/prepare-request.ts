import { OpenAIError } from "../errors/openai-error.ts";
import { resolveURL } from "../options/resolve-url.ts";
import type { RequestContext } from "../options/with-request-options.ts";
import { mergeHeaders, type HeadersLike } from "../transport/merge-headers.ts";
import type { TransportRequest } from "../transport/transport.ts";
import { keyPlaceholder } from "../transport/with-authentication.ts";
import type { BodyEncoder, Contract, OperationCall } from "./contract.ts";
import { queryPairs } from "./query-pairs.ts";

/**
 * From an operation and what a caller gives it to the request on the wire. The body is encoded here, once, so that every
 * attempt sends the same bytes.
 *
 * @param clientHeaders The client's own headers, over those of the contract and below the caller's.
 * @throws TypeError if a value is not a file, UploadError if a file can't be read, is empty or too large, OpenAIError if
 *   the URL or a header can't be sent.
 */
export async function prepareRequest(
  context: RequestContext,
  contract: Contract,
  call: OperationCall,
  clientHeaders: readonly HeadersLike[] = [],
): Promise<TransportRequest> {
  const { name, operation, body, options } = call;
  const [method = "", path] = name.split(" ");
  const written = await contract.writeParameters?.(context, call);
  const encoded = body === undefined ? undefined : await encoderOf(contract, call)(body, operation, context);
  const url = resolveURL(context.baseURL, written?.path ?? path);
  for (const [parameter, value] of Object.entries({ ...context.defaultQuery, ...written?.query, ...options.query })) {
    url.searchParams.delete(parameter);
    for (const [key, text] of queryPairs(parameter, value)) url.searchParams.append(key, text);
  }
  return {
    url: url.href,
    method,
    headers: mergeHeaders(
      {
        accept: operation.response ? "application/json" : "application/json, */*;q=0.5",
        authorization: context.apiKey && operation.security.length > 0 ? keyPlaceholder : null,
        "idempotency-key": options.idempotencyKey,
      },
      written?.keyHeader,
      ...clientHeaders,
      context.defaultHeaders,
      encoded && { "content-type": encoded.contentType },
      written?.headers,
      options.headers,
    ),
    body: encoded?.bytes,
    signal: context.signal,
  };
}

function encoderOf({ encoders }: Contract, { name, operation }: OperationCall): BodyEncoder {
  const encode = encoders?.[operation.requestMediaType ?? ""];
  if (encode) return encode;
  throw new OpenAIError(`${name}: the contract has no encoder for a body (${operation.requestMediaType}).`);
}
