import type { EncodedBody } from "../uploads/encode-multipart.ts";
import type { ContractOperation } from "./contract.ts";

/** Writes a body as JSON, in the media type of the contract. */
export function encodeJson(body: unknown, { requestMediaType = "" }: ContractOperation): EncodedBody {
  return { bytes: new TextEncoder().encode(JSON.stringify(body)), contentType: requestMediaType };
}
