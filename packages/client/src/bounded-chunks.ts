import { abortGuard } from "./abort-guard.ts";
import { unexpectedResponse } from "./errors/unexpected-response.ts";
import { iterate } from "./iterate.ts";
import type { TransportAnswer } from "./transport/transport.ts";

/**
 * An answer's body as it arrives.
 *
 * @param signal Ends the reading at once when it fires, even where the transport does not hear it.
 * @throws UnexpectedResponseError where the body has more bytes than that; it is not read further.
 * @throws APIConnectionError where it breaks off.
 */
export function boundedChunks(
  answer: TransportAnswer,
  maximumBytes: number,
  signal?: AbortSignal | null,
): AsyncIterableIterator<Uint8Array, undefined> {
  const chunks = answer.chunks()[Symbol.asyncIterator]();
  const { guard, release } = abortGuard(signal);
  let bytes = 0;
  return iterate(
    async () => {
      const step = await guard(() => chunks.next());
      bytes += step.value?.length ?? 0;
      if (bytes <= maximumBytes) return step;
      throw unexpectedResponse(answer, `The answer has more than ${maximumBytes} bytes, the \`maxResponseBytes\`.`);
    },
    () => {
      release();
      // Not waited for: a transport that does not hear the signal may be stuck in its last step.
      chunks.return?.().catch(() => {});
    },
  );
}
