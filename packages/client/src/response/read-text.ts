import { boundedChunks } from "../transport/bounded-chunks.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { readFile } from "../uploads/read-file.ts";

/**
 * A response's body as text.
 *
 * @throws UnexpectedResponseError if it has more bytes than that; it is not read further.
 * @throws APIConnectionError if it breaks off.
 */
export async function readText(response: TransportResponse, maximumBytes: number): Promise<string> {
  return new TextDecoder().decode(await readFile({ chunks: () => boundedChunks(response, maximumBytes) }));
}
