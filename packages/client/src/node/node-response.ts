import type { IncomingMessage } from "node:http";
import { toReadableStream } from "../response/to-readable-stream.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { decodeContent } from "./decode-content.ts";
import { messageChunks } from "./message-chunks.ts";
import { RawHeaderFields } from "./raw-header-fields.ts";

const statusesWithoutBody: ReadonlySet<number> = new Set([204, 205, 304]);

/** A response of `node:http` as the layers of the transport see it. */
export function nodeResponse(message: IncomingMessage): TransportResponse {
  const status = message.statusCode ?? 0;
  const headers = new RawHeaderFields(message.rawHeaders);

  /** A connection on which a response is still coming can't be used again. */
  const discard = (): void => void (message.complete ? message.resume() : message.destroy());
  const chunks = (): AsyncIterableIterator<Uint8Array> =>
    messageChunks(decodeContent(message, headers.get("content-encoding")), discard);
  const toResponse = (): Response => {
    const body = statusesWithoutBody.has(status) ? null : toReadableStream(chunks());
    // `fetch` allows fewer characters in it than HTTP does.
    const statusText = message.statusMessage?.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "") ?? "";
    return new Response(body, { status, statusText, headers: [...headers] });
  };
  return { status, headers, ownsChunks: true, chunks, toResponse, discard };
}
