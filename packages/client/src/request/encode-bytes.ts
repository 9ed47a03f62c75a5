import type { EncodedBody } from "../uploads/encode-multipart.ts";
import type { ContractOperation } from "./contract.ts";

/** Writes a body that is text or bytes as it is, in the media type of the contract. */
export async function encodeBytes(body: unknown, { requestMediaType = "" }: ContractOperation): Promise<EncodedBody> {
  const bytes = new Uint8Array(await new Response(body as BodyInit).arrayBuffer());
  return { bytes, contentType: requestMediaType };
}
