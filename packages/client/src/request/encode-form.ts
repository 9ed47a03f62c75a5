import type { EncodedBody } from "../uploads/encode-multipart.ts";
import type { ContractOperation } from "./contract.ts";
import { writeQuery } from "./write-query.ts";

/** Writes a body as `application/x-www-form-urlencoded`. */
export function encodeForm(body: unknown, { requestMediaType = "" }: ContractOperation): EncodedBody {
  const text = Object.values(writeQuery(Object(body) as object)).join("&");
  return { bytes: new TextEncoder().encode(text), contentType: requestMediaType };
}
