import { concatenate } from "./concatenate.ts";
import { nativeZlib, type NativeZlib } from "./native-zlib.ts";

/**
 * Inflates a zlib stream with what the runtime has built in: zlib in the manner of Node for what is
 * small, and else `DecompressionStream`.
 *
 * @param length How many bytes the pieces have.
 * @param expected How many bytes the output should have.
 * @param sink Takes the output, piece by piece; inflating goes on while it returns true.
 * @returns How many bytes of the input the stream has, or undefined where there is nothing built in, where the sink has
 * had enough, or where the runtime found a fault. Runtimes differ in the faults that they find.
 */
export function inflateNatively(
  pieces: readonly Uint8Array[],
  length: number,
  expected: number,
  sink: (piece: Uint8Array) => boolean,
): number | undefined | Promise<number | undefined> {
  const zlib = nativeZlib();
  if (zlib && expected < inOneGo) return inflateAtOnce(zlib, concatenate(pieces, length), expected, sink);
  return typeof DecompressionStream === "undefined" ? Promise.resolve(undefined) : inflateWithStream(pieces, sink);
}

/** An output of fewer bytes is made in one go, which is faster. More would take memory that grows with the picture. */
const inOneGo = 2 ** 24;

function inflateAtOnce(
  zlib: NativeZlib,
  input: Uint8Array,
  expected: number,
  sink: (piece: Uint8Array) => boolean,
): number | undefined {
  try {
    const options = { chunkSize: Math.max(64, expected + 1), maxOutputLength: expected, info: true } as const;
    const { buffer, engine } = zlib.inflateSync(input, options);
    return sink(buffer) ? engine.bytesWritten : undefined;
  } catch {
    return undefined;
  }
}

async function inflateWithStream(
  pieces: readonly Uint8Array[],
  sink: (piece: Uint8Array) => boolean,
): Promise<number | undefined> {
  const { readable, writable } = new DecompressionStream("deflate");
  const writer = writable.getWriter();
  let length = 0;
  const feed = async (): Promise<void> => {
    // Some runtimes inflate all of a block before anything is read, so that a large one could fill the memory.
    for (const block of blocks(pieces, 16 * 1024)) {
      length += block.length;
      await writer.write(block);
    }
    await writer.close();
  };
  const reader = readable.getReader();
  const ended = feed().catch(() => undefined);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      if (!sink(value)) {
        reader.cancel().catch(() => undefined);
        return undefined;
      }
    }
    await ended;
    return length;
  } catch {
    return undefined;
  }
}

/**
 * The bytes of the pieces in blocks of one size, so that neither many small pieces nor a large one take long.
 *
 * @yields A block, which may be kept.
 */
function* blocks(pieces: readonly Uint8Array[], size: number): Generator<Uint8Array<ArrayBuffer>> {
  let block = new Uint8Array(size);
  let length = 0;
  for (const piece of pieces) {
    for (let start = 0; start < piece.length;) {
      const part = piece.subarray(start, start + size - length);
      block.set(part, length);
      start += part.length;
      length += part.length;
      if (length < size) continue;
      yield block;
      block = new Uint8Array(size);
      length = 0;
    }
  }
  if (length > 0) yield block.subarray(0, length);
}
