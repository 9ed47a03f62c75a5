import { isFileId, type FileStore, type StoredFileFacts } from "../file-store.ts";
import { createS3Client, type S3Client, type S3Connection } from "./s3-client.ts";
import { sweepBucket } from "./sweep-bucket.ts";

/** Which bucket, and how its files are named, served and removed. */
export interface S3StoreOptions extends S3Connection {
  /** What the names of all objects start with. @default "variations/" */
  readonly prefix?: string;
  /**
   * Who serves the files: `proxied` by this server's `/files/…`, with the bucket out of reach; `presigned` by the
   * bucket, at URLs that are signed for as long as the file lives, at most 7 days. @default "proxied"
   */
  readonly urls?: "proxied" | "presigned";
  /** The service's URL as clients reach it, for `presigned`. @default endpoint */
  readonly publicEndpoint?: string;
  /**
   * How often expired files are removed, in milliseconds; false for never, if the bucket has a lifecycle rule for the
   * prefix. @default 600000
   */
  readonly sweepInterval?: number | false;
  /** The time in milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
}

/** A store in a bucket. */
export interface S3Store extends FileStore {
  /** Removes expired files now. Returns how many. */
  sweep(): Promise<number>;
}

/** No file lives for less than a minute, so a sweep need not ask for those that are younger. */
const minimumAge = 60_000;

/**
 * Keeps files in a bucket of any service that speaks S3, for any number of servers, each of which serves the files of all.
 *
 * @throws TypeError for an option that is not valid.
 */
export function createS3Store(options: S3StoreOptions): S3Store {
  const { prefix = "variations/", urls = "proxied", publicEndpoint, sweepInterval = 600_000, now = Date.now } = options;
  const client = createS3Client(options);
  if (urls !== "proxied" && urls !== "presigned") {
    throw new TypeError(`urls must be proxied or presigned, got ${JSON.stringify(urls)}.`);
  }
  const store = objectsOf(client, prefix);
  const sweep = (): Promise<number> => {
    const expiryOf = async (id: string): Promise<number | undefined> => (await store.stat(id))?.expiresAt;
    return sweepBucket(client, { prefix, minimumAge, expiryOf, now });
  };
  let timer: ReturnType<typeof setInterval> | undefined;
  // With the first file, and not before: Workers allow no timers while a module is loaded.
  const startSweeping = (): void => {
    if (sweepInterval === false || timer !== undefined) return;
    timer = setInterval(() => void sweep().catch(() => {}), sweepInterval);
    if (typeof timer === "object") timer.unref();
  };
  return {
    ...store,
    async put(id, file) {
      startSweeping();
      await store.put(id, file);
    },
    ...(urls === "presigned" && {
      async urlOf(id: string, expiresAt: number) {
        const lifetime = Math.min(expiresAt - now(), 7 * 86_400_000);
        return client.presign(keyOf(prefix, id), { lifetime, ...(publicEndpoint && { endpoint: publicEndpoint }) });
      },
    }),
    sweep,
    async close() {
      clearInterval(timer);
    },
  };
}

/** The files as objects, each with its expiry in its metadata. */
function objectsOf(client: S3Client, prefix: string): FileStore {
  const missing = (): Error => new Error(`${client.name} does not exist.`);
  return {
    async put(id, { bytes, mediaType, expiresAt }) {
      const headers = { "content-type": mediaType, "x-amz-meta-expires-at": String(expiresAt) };
      const response = await client.send("PUT", keyOf(prefix, id), { headers, body: bytes });
      await response.body?.cancel();
      if (response.status === 404) throw missing();
    },
    async stat(id): Promise<StoredFileFacts | undefined> {
      if (!isFileId(id)) return undefined;
      const { status, headers } = await client.send("HEAD", keyOf(prefix, id));
      if (status === 404) return undefined;
      return {
        size: Number(headers.get("content-length")),
        mediaType: headers.get("content-type") ?? "application/octet-stream",
        // An object that somebody else put there has no expiry, and is not served.
        expiresAt: Number(headers.get("x-amz-meta-expires-at") ?? 0),
      };
    },
    async read(id, range) {
      if (!isFileId(id)) return undefined;
      const headers = range ? { range: `bytes=${range.start}-${range.end}` } : {};
      const response = await client.send("GET", keyOf(prefix, id), { headers });
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      return (response.body ?? new Uint8Array()) as ReadableStream<Uint8Array<ArrayBuffer>>;
    },
    async delete(id) {
      if (!isFileId(id)) return;
      const response = await client.send("DELETE", keyOf(prefix, id));
      await response.body?.cancel();
    },
    async checkReady(signal) {
      const response = await client.send("HEAD", "", signal ? { signal } : {});
      if (response.status === 404) throw missing();
    },
  };
}

function keyOf(prefix: string, id: string): string {
  if (!isFileId(id)) throw new TypeError(`Not the id of a file: ${JSON.stringify(id.slice(0, 100))}.`);
  return prefix + id;
}
