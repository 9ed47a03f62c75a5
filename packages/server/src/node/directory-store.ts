import { resolve } from "node:path";
import { isFileId, type FileStore } from "../stores/file-store.ts";
import { FileFolder } from "./file-folder.ts";

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
  const folder = new FileFolder(resolve(options.directory));
  let totalBytes = 0;
  const cleanUp = async (): Promise<void> => {
    totalBytes = await folder.cleanUp({ maxBytes, now });
  };
  let cleaning: Promise<void> = cleanUp();
  const cleanUpAgain = (): Promise<void> => (cleaning = cleaning.catch(() => {}).then(cleanUp));
  cleaning.catch(() => {});
  const timer = setInterval(() => void cleanUpAgain().catch(() => {}), cleanUpInterval);
  timer.unref();

  return {
    async put(id, file) {
      await cleaning;
      const { length } = file.bytes;
      if (length > maxBytes) {
        throw new RangeError(`A file of ${length} bytes exceeds the store's maxBytes (${maxBytes}).`);
      }
      await folder.write(id, file);
      totalBytes += length;
      if (totalBytes > maxBytes) await cleanUpAgain();
    },
    async stat(id) {
      return isFileId(id) ? folder.factsOf(id) : undefined;
    },
    async read(id, range) {
      return isFileId(id) ? folder.read(id, range) : undefined;
    },
    async delete(id) {
      if (isFileId(id)) await folder.remove(id);
    },
    async checkReady() {
      await cleaning;
      await folder.probe();
    },
    async close() {
      clearInterval(timer);
      await cleaning.catch(() => {});
    },
  };
}
