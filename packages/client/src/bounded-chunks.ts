import { unexpectedResponse } from "./errors/unexpected-response.ts";
import { orAbort } from "./or-abort.ts";
import type { TransportAnswer } from "./transport/transport.ts";

/**
 * An answer's body as it arrives.
 *
 * @param maximumBytes Default: 134,217,728, which is 128 MiB.
 * @param signal Ends the reading at once when it fires, even where the transport does not hear it.
 * @throws UnexpectedResponseError where the body has more bytes than that; it is not read further.
 * @throws APIConnectionError where it breaks off.
 */
export async function* boundedChunks(
  answer: TransportAnswer,
  maximumBytes: number,
  signal?: AbortSignal | null,
): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks = answer.chunks()[Symbol.asyncIterator]();
  let bytes = 0;
  try {
    for (let next; !(next = await orAbort(() => chunks.next(), signal)).done; yield next.value) {
      bytes += next.value.length;
      if (bytes > maximumBytes) {
        throw unexpectedResponse(answer, `The answer has more than ${maximumBytes} bytes, the \`maxResponseBytes\`.`);
      }
    }
  } finally {
    // Not waited for: a transport that does not hear the signal may be stuck in its last step.
    chunks.return?.().catch(() => {});
  }
}
