import { boundedChunks } from "../transport/bounded-chunks.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { readFile } from "../uploads/read-file.ts";

/**
 * A response's body.
 *
 * @throws UnexpectedResponseError if it has more bytes than that; it is not read further.
 * @throws APIConnectionError if it breaks off.
 */
export function readBody(response: TransportResponse, maximumBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  return readFile({ chunks: () => boundedChunks(response, maximumBytes) });
}
