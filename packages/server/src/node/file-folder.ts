import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { isFileId, type ByteRange, type StoredFile, type StoredFileFacts } from "../stores/file-store.ts";

/** What a clean-up leaves there. */
export interface FolderLimits {
  readonly maxBytes: number;
  readonly now: () => number;
}

/** A folder of files, each as `<id>.bin` with its facts beside it in `<id>.json`, which is written last. */
export class FileFolder {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async write(id: string, { bytes, mediaType, expiresAt }: StoredFile): Promise<void> {
    const facts: StoredFileFacts = { size: bytes.length, mediaType, expiresAt };
    await this.#replace(this.#pathOf(id, "bin"), bytes);
    await this.#replace(this.#pathOf(id, "json"), JSON.stringify(facts));
  }

  async factsOf(id: string): Promise<StoredFileFacts | undefined> {
    try {
      return JSON.parse(await readFile(this.#pathOf(id, "json"), "utf8")) as StoredFileFacts;
    } catch (error) {
      if (isMissing(error) || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  async read(id: string, range?: ByteRange): Promise<ReadableStream<Uint8Array<ArrayBuffer>> | undefined> {
    try {
      // Opened here, so that a file that is gone is not a stream that fails.
      const handle = await open(this.#pathOf(id, "bin"));
      const stream = createReadStream("", { fd: handle, ...range });
      return Readable.toWeb(stream) as ReadableStream<Uint8Array<ArrayBuffer>>;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  async remove(id: string): Promise<void> {
    // The facts first: a file without them is not served.
    await rm(this.#pathOf(id, "json"), { force: true });
    await rm(this.#pathOf(id, "bin"), { force: true });
  }

  /** @throws Error if nothing can be written here. */
  async probe(): Promise<void> {
    const path = join(this.#directory, `${randomUUID()}.tmp`);
    await writeFile(path, "");
    await rm(path, { force: true });
  }

  /** Removes what has expired, what a crash left half written, and the oldest beyond the limit. Returns the bytes that stay. */
  async cleanUp({ maxBytes, now }: FolderLimits): Promise<number> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 });
    const names = await readdir(this.#directory);
    const living: (StoredFileFacts & { readonly id: string })[] = [];
    for (const id of new Set(names.map((name) => name.replace(/\.(bin|json)$/, "")))) {
      if (!isFileId(id)) {
        if (/^[\da-f-]{36}\.tmp$/.test(id)) await removeIfOld(join(this.#directory, id));
        continue;
      }
      const facts = await this.factsOf(id);
      if (facts && facts.expiresAt > now()) living.push({ id, ...facts });
      else if (facts) await this.remove(id);
      else await removeIfOld(this.#pathOf(id, "bin"));
    }
    living.sort((a, b) => b.expiresAt - a.expiresAt);
    let total = 0;
    for (const { id, size } of living) {
      if (total + size > maxBytes) await this.remove(id);
      else total += size;
    }
    return total;
  }

  async #replace(path: string, content: Uint8Array | string): Promise<void> {
    const temporary = join(this.#directory, `${randomUUID()}.tmp`);
    try {
      await writeFile(temporary, content, { mode: 0o600 });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  #pathOf(id: string, extension: "bin" | "json"): string {
    if (!isFileId(id)) throw new TypeError(`Not the id of a file: ${JSON.stringify(id.slice(0, 100))}.`);
    return join(this.#directory, `${id}.${extension}`);
  }
}

/** What is being written just now may look like what a crash left behind. */
async function removeIfOld(path: string): Promise<void> {
  try {
    const { mtimeMs } = await stat(path);
    if (Date.now() - mtimeMs > 60_000) await rm(path, { force: true });
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOENT";
}
