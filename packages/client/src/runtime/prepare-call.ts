import { OpenAIError } from "../errors/openai-error.ts";
import { resolveURL } from "../options/resolve-url.ts";
import type { RequestOptions } from "../options/request-options.ts";
import type { RequestContext } from "../options/with-request-options.ts";
import { checkHeaderText } from "../transport/check-header-text.ts";
import { mergeHeaders } from "../transport/merge-headers.ts";
import type { TransportRequest } from "../transport/transport.ts";
import { keyPlaceholder } from "../transport/with-authentication.ts";
import { queryPairs } from "../request/query-pairs.ts";
import type { ContractOperation } from "./contract.ts";
import { encodeBody } from "./encode-body.ts";
import { textOf, writeQuery } from "./write-query.ts";

/** The parameters of an operation, by where they go. */
export interface CallParameters {
  readonly path?: object | undefined;
  readonly query?: object | undefined;
  readonly header?: object | undefined;
  readonly cookie?: object | undefined;
}

export interface Call {
  /** As `POST /images/variations`. */
  readonly name: string;
  readonly operation: ContractOperation;
  readonly params: CallParameters;
  readonly body?: unknown;
  readonly options: RequestOptions;
  /** Whether the caller has a key, which is sent if the operation asks for one. */
  readonly hasKey: boolean;
}

/**
 * Writes a request as the contract wants it.
 *
 * @throws OpenAIError if a parameter of the path is missing, or would lead to another path.
 */
export async function prepareCall(
  context: RequestContext,
  { name, operation, params, body, options, hasKey }: Call,
): Promise<TransportRequest> {
  const [method, path] = name.split(" ") as [string, string];
  const key = hasKey && operation.key ? await keyOf(context, operation.key.prefix) : undefined;
  const place = operation.key;
  const url = resolveURL(context.baseURL, fillPath(path, params.path, name));
  for (const [parameter, text] of writeQuery(params.query, operation.queryStyles))
    url.searchParams.append(parameter, text);
  for (const [parameter, value] of Object.entries({ ...context.defaultQuery, ...options.query })) {
    for (const [pair, text] of queryPairs(parameter, value)) url.searchParams.append(pair, text);
  }
  if (key && place?.in === "query") url.searchParams.set(place.name, key);
  const cookies = Object.entries({ ...params.cookie, ...(key && place?.in === "cookie" ? { [place.name]: key } : {}) })
    .filter(([, value]) => value !== undefined)
    .map(([cookie, value]) => `${cookie}=${encodeURIComponent(textOf(value))}`);
  const encoded = body === undefined ? undefined : await encodeBody(context, operation, body);
  const headers = Object.entries(params.header ?? {}).filter(([, value]) => value !== undefined);
  return {
    url: url.href,
    method,
    headers: mergeHeaders(
      {
        accept: "application/json, */*;q=0.5",
        authorization: hasKey && operation.security.length > 0 ? keyPlaceholder : null,
        "idempotency-key": options.idempotencyKey,
      },
      key && place?.in === "header" ? { [place.name]: checkHeaderText("`apiKey`", key) } : undefined,
      cookies.length > 0 ? { cookie: cookies.join("; ") } : undefined,
      context.defaultHeaders,
      encoded && { "content-type": encoded.contentType },
      Object.fromEntries(
        headers.map(([header, value]) => [
          header,
          [value]
            .flat()
            .map((item) => textOf(item))
            .join(","),
        ]),
      ),
      options.headers,
    ),
    body: encoded?.bytes,
    signal: context.signal,
  };
}

function fillPath(path: string, values: object | undefined, name: string): string {
  const filled = path.replaceAll(/\{([^}]*)\}/g, (_, parameter: string) => {
    const value = (values as Record<string, unknown> | undefined)?.[parameter];
    if (value === undefined || value === null || value === "") {
      throw new OpenAIError(`${name}: the path parameter ${JSON.stringify(parameter)} is missing.`);
    }
    return [value]
      .flat()
      .map((item) => encodeURIComponent(textOf(item)))
      .join(",");
  });
  // However they are written, URLs take dots alone for a way to another path.
  if (/(^|\/)\.{1,2}(\/|$)/.test(filled)) {
    throw new OpenAIError(`${name}: a path parameter must not be "." or "..", which lead to another path.`);
  }
  return filled;
}

async function keyOf({ apiKey }: RequestContext, prefix = ""): Promise<string> {
  const key = typeof apiKey === "function" ? await apiKey() : String(apiKey);
  return prefix + (prefix === "Basic " ? btoa(key) : key);
}
