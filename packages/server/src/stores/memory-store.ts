import type { FileStore, StoredFile } from "./file-store.ts";

/** How much a memory store keeps. */
export interface MemoryStoreOptions {
  /** The most bytes of all files together. Beyond it, the oldest files go. @default 268435456 (256 MiB) */
  readonly maxBytes?: number;
  /** The time in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** Keeps files in memory: gone with the process, and with the oldest going first when it is full. */
export function createMemoryStore({ maxBytes = 2 ** 28, now = Date.now }: MemoryStoreOptions = {}): FileStore {
  // In the order in which they came.
  const files = new Map<string, StoredFile>();
  let total = 0;
  const remove = (id: string): void => {
    total -= files.get(id)?.bytes.length ?? 0;
    files.delete(id);
  };
  return {
    async put(id, file) {
      remove(id);
      // The lifetime is the same for all, so what expires first came first.
      for (const [oldest, { expiresAt }] of files) {
        if (expiresAt > now() && total + file.bytes.length <= maxBytes) break;
        remove(oldest);
      }
      if (file.bytes.length > maxBytes) {
        throw new RangeError(`A file of ${file.bytes.length} bytes exceeds the store's maxBytes (${maxBytes}).`);
      }
      files.set(id, file);
      total += file.bytes.length;
    },
    async stat(id) {
      const file = files.get(id);
      return file && { size: file.bytes.length, mediaType: file.mediaType, expiresAt: file.expiresAt };
    },
    async read(id, range) {
      const bytes = files.get(id)?.bytes;
      return range ? bytes?.subarray(range.start, range.end + 1) : bytes;
    },
    async delete(id) {
      remove(id);
    },
  };
}
