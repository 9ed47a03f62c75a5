import { unexpectedResponse } from "./errors/unexpected-response.ts";
import { iterate } from "./iterate.ts";
import type { TransportAnswer } from "./transport/transport.ts";

/**
 * A response's body as it arrives.
 *
 * @throws UnexpectedResponseError if the body has more bytes than that; it is not read further.
 * @throws APIConnectionError if it breaks off.
 */
export function boundedChunks(
  answer: TransportAnswer,
  maximumBytes: number,
): AsyncIterableIterator<Uint8Array, undefined> {
  const chunks = answer.chunks()[Symbol.asyncIterator]();
  let bytes = 0;
  return iterate(
    async () => {
      const step = (await chunks.next()) as IteratorResult<Uint8Array, undefined>;
      bytes += step.value?.length ?? 0;
      if (bytes <= maximumBytes) return step;
      throw unexpectedResponse(answer, `Response body exceeds maxResponseBytes (${maximumBytes} bytes)`);
    },
    () => chunks.return?.(),
  );
}
