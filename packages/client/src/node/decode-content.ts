import type { IncomingMessage } from "node:http";
import type { Readable } from "node:stream";

/**
 * The body of a message without its content encodings. One that is not known here is left as it is.
 *
 * @param encodings What the message says of them in `Content-Encoding`.
 */
export function decodeContent(message: IncomingMessage, encodings: string | null | undefined): Readable {
  let content: Readable = message;
  for (const encoding of encodings
    ?.toLowerCase()
    .split(/\s*,\s*/)
    .toReversed() ?? []) {
    const zlib = process.getBuiltinModule("node:zlib");
    const create = {
      gzip: zlib.createGunzip,
      "x-gzip": zlib.createGunzip,
      deflate: zlib.createInflate,
      br: zlib.createBrotliDecompress,
      zstd: zlib.createZstdDecompress, // from Node 22.15 on
    }[encoding];
    if (!create) break;
    // What goes wrong in the one is said by the other.
    content = process.getBuiltinModule("node:stream").pipeline(content, create(), () => {});
  }
  return content;
}
