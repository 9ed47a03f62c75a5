import type { FileHandle } from "node:fs/promises";

const blockBytes = 262_144;

type Blocks = readonly [Buffer, Buffer];

/** Gathers small pieces into large blocks: while one is being written to the file, the other is filled. */
export class BufferedFile {
  readonly #file: FileHandle;
  /** The block that is being filled, and the one that is being written. */
  #filling: Buffer;
  #writing: Buffer;
  #filled = 0;
  #written: Promise<void> = Promise.resolve();

  /** @param blocks Memory from `allocateBlocks`, which files that are written one after the other can share. */
  constructor(file: FileHandle, [filling, writing]: Blocks) {
    this.#file = file;
    this.#filling = filling;
    this.#writing = writing;
  }

  static allocateBlocks(): Blocks {
    return [Buffer.allocUnsafeSlow(blockBytes), Buffer.allocUnsafeSlow(blockBytes)];
  }

  /** Takes a copy of the piece, so that the caller can reuse its memory. */
  async write(piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length;) {
      const part = piece.subarray(at, at + blockBytes - this.#filled);
      this.#filling.set(part, this.#filled);
      at += part.length;
      this.#filled += part.length;
      if (this.#filled === blockBytes) await this.#flush();
    }
  }

  /** Writes what is left. */
  async end(): Promise<void> {
    await this.#flush();
    await this.#written;
  }

  async #flush(): Promise<void> {
    await this.#written;
    this.#written = writeAll(this.#file, this.#filling.subarray(0, this.#filled));
    // The next write awaits it and reports a failure; until then nothing does.
    this.#written.catch(() => {});
    [this.#filling, this.#writing] = [this.#writing, this.#filling];
    this.#filled = 0;
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.length;) at += (await file.write(bytes, at)).bytesWritten;
}
