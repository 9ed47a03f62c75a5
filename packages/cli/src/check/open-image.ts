import type { FileHandle } from "node:fs/promises";
import type { ImageSource } from "@image-variations/validation";
import type { FileSystem } from "./file-system.ts";

/** Memory that is used for one file after the other, so that ten thousand files take no more of it than ten. */
export interface ReadBuffer {
  bytes: Uint8Array<ArrayBuffer>;
}

/** A file's beginning is read this far in one go, and with it most files whole. */
const readAhead = 131_072;
/** What tells the kind of a file and its header. */
const headBytes = 4_096;

export function createReadBuffer(): ReadBuffer {
  return { bytes: new Uint8Array(readAhead) };
}

/** How a file is read. */
export interface ReadOptions {
  readonly fileSystem: FileSystem;
  /** What was read for the file before is overwritten. */
  readonly buffer: ReadBuffer;
  /** Whether only the header is needed. */
  readonly isHeaderEnough: boolean;
}

/**
 * Opens a file as an image that the validator reads from its start, as far as it needs: a large file is never read whole.
 *
 * @returns The image, and the function that closes the file.
 */
export async function openImage(
  path: string,
  { fileSystem, buffer, isHeaderEnough }: ReadOptions,
): Promise<{ readonly source: ImageSource; readonly close: () => Promise<void> }> {
  const file = await fileSystem.open(path, "r");
  try {
    const { size } = await file.stat();
    const source = imageOf({ file, size, buffer, ahead: isHeaderEnough ? headBytes : readAhead });
    return { source, close: () => file.close() };
  } catch (error) {
    await file.close();
    throw error;
  }
}

interface OpenFile {
  readonly file: FileHandle;
  /** In bytes. */
  readonly size: number;
  readonly buffer: ReadBuffer;
  readonly ahead: number;
}

/** What the validator needs of a Blob. Node's own, `fs.openAsBlob`, allocates for each read, and is experimental. */
function imageOf({ file, size, buffer, ahead }: OpenFile): ImageSource {
  let filled = 0;
  const read = async (wanted: number): Promise<Uint8Array<ArrayBuffer>> => {
    const end = Math.min(wanted, size);
    if (buffer.bytes.length < end) buffer.bytes = copyInto(new Uint8Array(end), buffer.bytes.subarray(0, filled));
    const { bytes } = buffer;
    while (filled < end) {
      const length = Math.min(Math.max(end, ahead), size, bytes.length) - filled;
      const { bytesRead } = await file.read(bytes, filled, length, filled);
      // The file has become shorter.
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return bytes.subarray(0, Math.min(end, filled));
  };
  const slice = (_start: number, end: number): unknown => ({ size: end, arrayBuffer: () => read(end) });
  return { size, slice, arrayBuffer: () => read(size) } as unknown as Blob;
}

function copyInto(target: Uint8Array<ArrayBuffer>, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  target.set(bytes);
  return target;
}

/** A pipe or a device as a stream: its size isn't known, and it may have no end. It is closed when it has been read. */
export async function streamImage(path: string, fileSystem: FileSystem): Promise<ImageSource> {
  return (await fileSystem.open(path, "r")).createReadStream();
}
