import { unexpectedResponse } from "./errors/unexpected-response.ts";
import { iterate } from "./iterate.ts";
import { orAbort } from "./or-abort.ts";
import type { TransportAnswer } from "./transport/transport.ts";

/**
 * A response's body as it arrives.
 *
 * @param signal Ends the reading at once when it fires, if it is not the request's own, which does so anyway.
 * @throws UnexpectedResponseError if the body has more bytes than that; it is not read further.
 * @throws APIConnectionError if it breaks off.
 */
export function boundedChunks(
  answer: TransportAnswer,
  maximumBytes: number,
  signal?: AbortSignal | null,
): AsyncIterableIterator<Uint8Array, undefined> {
  const chunks = answer.chunks()[Symbol.asyncIterator]();
  let bytes = 0;
  return iterate(
    async () => {
      const step = (await orAbort(async () => chunks.next(), signal)) as IteratorResult<Uint8Array, undefined>;
      bytes += step.value?.length ?? 0;
      if (bytes <= maximumBytes) return step;
      throw unexpectedResponse(answer, `Response body exceeds maxResponseBytes (${maximumBytes} bytes)`);
    },
    () => chunks.return?.(),
  );
}
