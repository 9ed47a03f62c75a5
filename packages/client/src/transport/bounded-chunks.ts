import { unexpectedResponse } from "../errors/unexpected-response.ts";
import { iterate } from "./iterate.ts";
import { orAbort } from "./or-abort.ts";
import type { TransportResponse } from "./transport.ts";

/**
 * A response's body as it arrives.
 *
 * @param signal Ends the reading at once when it fires, if it is not the request's own, which does so anyway.
 * @throws UnexpectedResponseError if the body has more bytes than that; it is not read further.
 * @throws APIConnectionError if it breaks off.
 */
export function boundedChunks(
  response: TransportResponse,
  maximumBytes: number,
  signal?: AbortSignal | null,
): AsyncIterableIterator<Uint8Array, undefined> {
  const chunks = response.chunks()[Symbol.asyncIterator]();
  let bytes = 0;
  let isDone: boolean | undefined;
  return iterate(
    async () => {
      const next = signal ? orAbort(async () => chunks.next(), signal) : chunks.next();
      const step = (await next) as IteratorResult<Uint8Array, undefined>;
      isDone = step.done;
      bytes += step.value?.length ?? 0;
      if (bytes <= maximumBytes) return step;
      throw unexpectedResponse(response, `Response body exceeds maxResponseBytes (${maximumBytes} bytes)`);
    },
    () => (isDone ? undefined : chunks.return?.()),
  );
}
