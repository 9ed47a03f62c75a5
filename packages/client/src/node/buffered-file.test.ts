import type { FileHandle } from "node:fs/promises";
import { setImmediate } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BufferedFile } from "./buffered-file.ts";

const block = 262_144;

/** A file that takes at most so many bytes at a time, and one write after the other. */
function slowFile(most: number): { handle: FileHandle; bytes: () => Buffer } {
  const written: Buffer[] = [];
  let isWriting = false;
  const write = async (bytes: Uint8Array, at: number): Promise<{ bytesWritten: number }> => {
    expect(isWriting).toBe(false);
    isWriting = true;
    await setImmediate();
    const part = Buffer.from(bytes.subarray(at, at + most));
    written.push(part);
    isWriting = false;
    return { bytesWritten: part.length };
  };
  return { handle: { write } as unknown as FileHandle, bytes: () => Buffer.concat(written) };
}

describe("a file that gathers what is written", () => {
  it("has all of it in order, whatever its pieces are and the system takes", async () => {
    const lengths = fc.array(fc.oneof(fc.nat(5), fc.constantFrom(block - 1, block, block + 1, 2 * block + 7)), {
      maxLength: 6,
    });
    const blocks = BufferedFile.allocateBlocks();
    await fc.assert(
      fc.asyncProperty(lengths, fc.constantFrom(100_000, block, Infinity), async (sizes, most) => {
        const { handle, bytes } = slowFile(most);
        const file = new BufferedFile(handle, blocks);
        const whole = Buffer.alloc(sizes.reduce((sum, size) => sum + size, 0)).map((_, index) => index % 251);
        let at = 0;
        for (const size of sizes) {
          const piece = Buffer.from(whole.subarray(at, (at += size)));
          await file.write(piece);
          // The caller may use its memory again.
          piece.fill(255);
        }
        await file.end();
        expect(bytes().equals(whole)).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it("writes a block as soon as it is full, and not before", async () => {
    const { handle, bytes } = slowFile(Infinity);
    const file = new BufferedFile(handle, BufferedFile.allocateBlocks());
    await file.write(new Uint8Array(block - 1));
    await setImmediate();
    expect(bytes()).toHaveLength(0);
    await file.write(new Uint8Array(1));
    await expect.poll(() => bytes().length).toBe(block);
  });

  it("says at the next write or at the end that one has failed, and not as an error of the process", async () => {
    const handle = { write: () => Promise.reject(new Error("disk full")) } as unknown as FileHandle;
    const blocks = BufferedFile.allocateBlocks();
    const first = new BufferedFile(handle, blocks);
    await first.write(new Uint8Array(block));
    await setImmediate();
    await expect(first.write(new Uint8Array(block))).rejects.toThrow("disk full");
    const second = new BufferedFile(handle, blocks);
    await second.write(new Uint8Array(1));
    await expect(second.end()).rejects.toThrow("disk full");
  });
});
