import { describe, expect, it } from "vitest";
import type { TransportResponse } from "../transport/transport.ts";
import { withFreedChunks } from "./with-freed-chunks.ts";

interface Read {
  /** The bytes of each chunk, when it came. */
  readonly bytes: number[][];
  /** Whether the memory of each chunk was there when the next had come, or the end. */
  readonly isFreed: boolean[];
  /** How often the response has been given up by now. */
  readonly left: () => number;
}

/** Reads a response of these chunks, or the first of them. */
async function read(chunks: readonly Uint8Array[], more: Partial<TransportResponse>, count = Infinity): Promise<Read> {
  let left = 0;
  const response: TransportResponse = {
    status: 200,
    headers: new Map(),
    chunks: () => {
      const items = chunks.values();
      return {
        [Symbol.asyncIterator]: () => ({
          next: async () => items.next(),
          return: async () => ({ done: true, value: void left++ }),
        }),
      };
    },
    toResponse: () => new Response(),
    discard() {},
    ...more,
  };
  const bytes: number[][] = [];
  const isFreed: boolean[] = [];
  let last: Uint8Array | undefined;
  for await (const chunk of withFreedChunks(response).chunks()) {
    bytes.push([...chunk]);
    if (last) isFreed.push(last.buffer.byteLength === 0);
    last = chunk;
    if (bytes.length === count) return { bytes, isFreed, left: () => left };
  }
  if (last) isFreed.push(last.buffer.byteLength === 0);
  return { bytes, isFreed, left: () => left };
}

const own = (): Uint8Array[] => [Uint8Array.of(1), Uint8Array.of(2, 3)];
const shared = (): Uint8Array[] => {
  const memory = Uint8Array.of(1, 2, 3);
  return [memory.subarray(0, 1), memory.subarray(1)];
};
const byteStream = (): ReadableStream<Uint8Array> => new ReadableStream({ type: "bytes" });
const otherStream = (): ReadableStream<Uint8Array> => new ReadableStream();

describe("the memory of the chunks of a response", () => {
  it.each([
    { what: "of a transport that says they are its own to give", more: () => ({ ownsChunks: true }) },
    { what: "of a stream of bytes", more: () => ({ stream: byteStream() }) },
  ])("is freed when the next is asked for, $what", async ({ more }) => {
    expect(await read(own(), more())).toMatchObject({ bytes: [[1], [2, 3]], isFreed: [true, true] });
  });

  it.each([
    {
      what: "of a transport that says they are somebody else's",
      more: () => ({ ownsChunks: false, stream: byteStream() }),
    },
    { what: "of another stream", more: () => ({ stream: otherStream() }) },
    { what: "of no stream", more: () => ({ stream: null }) },
    { what: "of a transport that says nothing", more: () => ({}) },
  ])("stays, $what", async ({ more }) => {
    expect(await read(own(), more())).toMatchObject({ bytes: [[1], [2, 3]], isFreed: [false, false] });
  });

  it("stays if more than one chunk lies in it", async () => {
    expect(await read(shared(), { ownsChunks: true })).toMatchObject({ bytes: [[1], [2, 3]], isFreed: [false, false] });
  });

  it("is not freed after the reading has ended, and the response is given up", async () => {
    const [first, second] = own();
    const { bytes, left } = await read([first!, second!], { ownsChunks: true }, 1);
    expect([bytes, left(), first!.byteLength, second!.byteLength]).toEqual([[[1]], 1, 1, 2]);
  });

  it("leaves the stream to the one who reads it", async () => {
    const stream = byteStream();
    await read([], { stream });
    expect(stream.locked).toBe(false);
  });
});
