import type { IncomingMessage } from "node:http";
import type { Readable, Transform } from "node:stream";

/** More codings than these are an attack: each can make a thousand bytes of one. undici has the same limit. */
const maximumCodings = 5;

type CreateDecoder = (firstByte: number) => Transform;

/** How each coding of a body is undone. A switch, as a server may name `constructor` or `__proto__`. */
function decoderOf(coding: string): CreateDecoder | undefined {
  const zlib = process.getBuiltinModule("node:zlib");
  switch (coding) {
    case "gzip":
    case "x-gzip":
      return () => zlib.createGunzip();
    case "deflate":
      // With the header of zlib, as it should be, or without, as some servers send it.
      return (firstByte) => ((firstByte & 0x0f) === 0x08 ? zlib.createInflate() : zlib.createInflateRaw());
    case "br":
      return () => zlib.createBrotliDecompress();
    case "zstd":
      // From Node 22.15 on.
      return zlib.createZstdDecompress && (() => zlib.createZstdDecompress());
    default:
      return undefined;
  }
}

/**
 * The body of a message without its content codings. If one of them is unknown, what is left stays as it is.
 *
 * @param codings What the message says of them in `Content-Encoding`.
 * @throws Error if there are too many.
 */
export function decodeContent(message: IncomingMessage, codings: string | null | undefined): Readable {
  const names = codings?.toLowerCase().split(",") ?? [];
  if (names.length > maximumCodings) {
    throw new Error(`Too many content codings: ${names.length}, at most ${maximumCodings}.`);
  }
  let content: Readable = message;
  for (const name of names.toReversed()) {
    const createDecoder = decoderOf(name.trim());
    if (!createDecoder) break;
    const { Readable: Source } = process.getBuiltinModule("node:stream");
    content = Source.from(decode(content, createDecoder), { objectMode: false });
  }
  return content;
}

/** Waits for the first byte, because a decoder takes a body without one for a body that breaks off. */
async function* decode(source: Readable, createDecoder: CreateDecoder): AsyncGenerator<Buffer, void> {
  const { Readable: Source, pipeline } = process.getBuiltinModule("node:stream");
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  if (first.done) return;
  async function* all(): AsyncGenerator<Buffer, void> {
    yield first.value as Buffer;
    yield* { [Symbol.asyncIterator]: () => chunks };
  }
  // What goes wrong in the one is said by the other.
  yield* pipeline(Source.from(all(), { objectMode: false }), createDecoder(first.value.readUInt8()), () => {});
}
