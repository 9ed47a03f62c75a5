import { unexpectedResponse } from "./errors/unexpected-response.ts";
import type { TransportAnswer } from "./transport/transport.ts";

/**
 * An answer's body as text.
 *
 * @throws UnexpectedResponseError where it has more bytes than that; it is not read further.
 * @throws APIConnectionError where it breaks off.
 */
export async function readText(answer: TransportAnswer, maximumBytes: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for await (const chunk of answer.chunks()) {
    bytes += chunk.length;
    if (bytes > maximumBytes) {
      throw unexpectedResponse(answer, `The answer has more than ${maximumBytes} bytes, the \`maxResponseBytes\`.`);
    }
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}
