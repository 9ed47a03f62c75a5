import { boundedChunks } from "./bounded-chunks.ts";
import type { TransportAnswer } from "./transport/transport.ts";
import { readFile } from "./uploads/read-file.ts";

/**
 * An answer's body as text.
 *
 * @throws UnexpectedResponseError where it has more bytes than that; it is not read further.
 * @throws APIConnectionError where it breaks off.
 */
export async function readText(answer: TransportAnswer, maximumBytes: number): Promise<string> {
  return new TextDecoder().decode(await readFile({ chunks: () => boundedChunks(answer, maximumBytes) }));
}
