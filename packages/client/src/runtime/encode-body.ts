import { createUploadTransport } from "../transport/create-transport.ts";
import type { RequestContext } from "../options/with-request-options.ts";
import { encodeMultipart } from "../uploads/encode-multipart.ts";
import type { ContractOperation } from "./contract.ts";
import { writeQuery } from "./write-query.ts";

export interface EncodedBody {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly contentType: string;
}

/** A body in the media type that the contract names. */
export async function encodeBody(
  context: RequestContext,
  { requestMediaType = "application/json", uploads }: ContractOperation,
  body: unknown,
): Promise<EncodedBody> {
  const text = (value: string): EncodedBody => ({
    bytes: new TextEncoder().encode(value),
    contentType: requestMediaType,
  });
  if (/[/+]json\b/i.test(requestMediaType)) return text(JSON.stringify(body));
  if (requestMediaType === "multipart/form-data") {
    return await encodeMultipart(Object(body) as object, uploads, {
      ...context,
      transport: createUploadTransport(context),
    });
  }
  if (requestMediaType === "application/x-www-form-urlencoded") {
    return text(new URLSearchParams([...writeQuery(Object(body) as object)]).toString());
  }
  if (typeof body === "string") return text(body);
  return { bytes: new Uint8Array(await new Response(body as BodyInit).arrayBuffer()), contentType: requestMediaType };
}
