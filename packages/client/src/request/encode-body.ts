import { OpenAIError } from "../errors/openai-error.ts";
import type { RequestContext } from "../options/with-request-options.ts";
import type { EncodedBody } from "../uploads/encode-multipart.ts";
import type { Contract, OperationCall } from "./contract.ts";

/**
 * A body in the media type of the contract: JSON, or what the contract brings an encoder for.
 *
 * @throws OpenAIError if the contract brings none.
 */
export async function encodeBody(
  context: RequestContext,
  { encoders }: Contract,
  { name, operation, body }: OperationCall,
): Promise<EncodedBody | undefined> {
  if (body === undefined) return undefined;
  const { requestMediaType: contentType = "application/json" } = operation;
  const encode = encoders?.[contentType];
  if (encode) return encode(body, operation, context);
  if (/[/+]json\b/i.test(contentType)) return { bytes: new TextEncoder().encode(JSON.stringify(body)), contentType };
  throw new OpenAIError(`${name}: the contract has no encoder for ${contentType}.`);
}
