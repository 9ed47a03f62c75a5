import { boundedChunks } from "./bounded-chunks.ts";
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
  let last: Uint8Array | undefined;
  for await (const chunk of boundedChunks(answer, maximumBytes)) {
    // The last one, which mostly is the only one, in one go: a decoder that has to expect more is much slower.
    if (last) text += decoder.decode(last, { stream: true });
    last = chunk;
  }
  return text + decoder.decode(last);
}
