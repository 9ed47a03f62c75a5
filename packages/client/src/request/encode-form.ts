import type { EncodedBody } from "../uploads/encode-multipart.ts";
import type { ContractOperation } from "./contract.ts";
import { writeQuery } from "./write-query.ts";

/** Writes a body as `application/x-www-form-urlencoded`. */
export function encodeForm(body: unknown, { requestMediaType = "" }: ContractOperation): EncodedBody {
  const pairs = [...writeQuery(Object(body) as object).values()].flat();
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, value])).toString();
  return { bytes: new TextEncoder().encode(text), contentType: requestMediaType };
}
