import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { isFileId, type FileStore, type StoredFileFacts } from "../stores/file-store.ts";

/** Which folder, and how much of it. */
export interface DirectoryStoreOptions {
  /** A folder that is this store's alone. It is made if it is not there. */
  readonly directory: string;
  /** The most bytes of all files together. Beyond it, the oldest files go. @default 1073741824 (1 GiB) */
  readonly maxBytes?: number;
  /** How often expired files are removed, in milliseconds. @default 60000 */
  readonly cleanUpInterval?: number;
  /** The time in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/**
 * Keeps files in a folder: each as `<id>.bin` with its facts beside it in `<id>.json`, which is written last. They survive
 * a restart; what has expired, what is half written, and what exceeds `maxBytes` is removed at the start and now and then.
 */
export function createDirectoryStore(options: DirectoryStoreOptions): FileStore {
  const { maxBytes = 2 ** 30, cleanUpInterval = 60_000, now = Date.now } = options;
  const directory = resolve(options.directory);
  const pathOf = (id: string, extension: "bin" | "json"): string => {
    if (!isFileId(id)) throw new TypeError(`Not the id of a file: ${JSON.stringify(id.slice(0, 100))}.`);
    return join(directory, `${id}.${extension}`);
  };
  const write = async (path: string, content: Uint8Array | string): Promise<void> => {
    const temporary = join(directory, `${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, content, { mode: 0o600 });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  };
  const remove = async (id: string): Promise<void> => {
    // The facts first: a file without them is not served.
    await rm(pathOf(id, "json"), { force: true });
    await rm(pathOf(id, "bin"), { force: true });
  };
  const factsOf = async (id: string): Promise<StoredFileFacts | undefined> => {
    try {
      return JSON.parse(await readFile(pathOf(id, "json"), "utf8")) as StoredFileFacts;
    } catch (error) {
      if (isMissing(error) || error instanceof SyntaxError) return undefined;
      throw error;
    }
  };

  let totalBytes = 0;
  const cleanUp = async (): Promise<void> => {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    const names = await readdir(directory);
    const kept: (StoredFileFacts & { readonly id: string })[] = [];
    for (const id of new Set(names.map((name) => name.replace(/\.(bin|json)$/, "")))) {
      if (!isFileId(id)) {
        if (/^[\da-f-]{36}\.tmp$/.test(id)) await removeIfOld(join(directory, id));
        continue;
      }
      const facts = await factsOf(id);
      if (facts && facts.expiresAt > now()) kept.push({ id, ...facts });
      else if (facts) await remove(id);
      else await removeIfOld(pathOf(id, "bin"));
    }
    kept.sort((a, b) => b.expiresAt - a.expiresAt);
    totalBytes = 0;
    for (const { id, size } of kept) {
      if (totalBytes + size > maxBytes) await remove(id);
      else totalBytes += size;
    }
  };
  /** What is being written just now may look like what a crash left behind. */
  const removeIfOld = async (path: string): Promise<void> => {
    try {
      const { mtimeMs } = await stat(path);
      if (Date.now() - mtimeMs > 60_000) await rm(path, { force: true });
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  };

  let cleaning: Promise<void> = cleanUp();
  const cleanUpAgain = (): Promise<void> => (cleaning = cleaning.catch(() => {}).then(cleanUp));
  cleaning.catch(() => {});
  const timer = setInterval(() => void cleanUpAgain().catch(() => {}), cleanUpInterval);
  timer.unref();

  return {
    async put(id, { bytes, mediaType, expiresAt }) {
      await cleaning;
      if (bytes.length > maxBytes) {
        throw new RangeError(`A file of ${bytes.length} bytes exceeds the store's maxBytes (${maxBytes}).`);
      }
      const facts: StoredFileFacts = { size: bytes.length, mediaType, expiresAt };
      await write(pathOf(id, "bin"), bytes);
      await write(pathOf(id, "json"), JSON.stringify(facts));
      totalBytes += bytes.length;
      if (totalBytes > maxBytes) await cleanUpAgain();
    },
    async stat(id) {
      return isFileId(id) ? factsOf(id) : undefined;
    },
    async read(id, range) {
      if (!isFileId(id)) return undefined;
      try {
        // Opened here, so that a file that is gone is not a stream that fails.
        const handle = await open(pathOf(id, "bin"));
        const stream = createReadStream("", { fd: handle, ...range });
        return Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async delete(id) {
      if (isFileId(id)) await remove(id);
    },
    async checkReady() {
      await cleaning;
      const probe = join(directory, `${randomUUID()}.tmp`);
      await writeFile(probe, "");
      await rm(probe, { force: true });
    },
    async close() {
      clearInterval(timer);
      await cleaning.catch(() => {});
    },
  };
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}
