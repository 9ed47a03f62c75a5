import { iterate } from "./iterate.ts";

/** The chunks of a web stream, by its reader: Safari can't iterate over streams. */
export function readStream<Chunk>(stream: ReadableStream<Chunk>): AsyncIterableIterator<Chunk, undefined> {
  const reader = stream.getReader();
  return iterate(
    () => reader.read() as Promise<IteratorResult<Chunk, undefined>>,
    // Of no effect on a stream that is at its end; and why it broke is thrown already.
    () => reader.cancel().catch(() => {}),
  );
}
