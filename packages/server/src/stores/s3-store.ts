import type { FileStore, StoredFileFacts } from "./file-store.ts";
import { isFileId } from "./file-store.ts";

/** Which bucket of which service, and who asks for it. */
export interface S3StoreOptions {
  /** The service's URL, such as `https://s3.eu-central-1.amazonaws.com`. The bucket comes after it in the path. */
  readonly endpoint: string;
  readonly bucket: string;
  /** @default "us-east-1" */
  readonly region?: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** @default none */
  readonly sessionToken?: string;
  /** What the names of all objects start with. @default "variations/" */
  readonly prefix?: string;
  /** Sends the requests, signed. @default the global fetch */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/**
 * Keeps files in a bucket of any service that speaks S3. Expired files are not served; give the bucket a lifecycle rule
 * for the prefix (one day is the shortest there is), so that they are removed too.
 */
export function createS3Store(options: S3StoreOptions): FileStore {
  const { endpoint, bucket, region = "us-east-1", prefix = "variations/" } = options;
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? "")) {
    throw new TypeError(`endpoint must be an http or https URL, got ${JSON.stringify(endpoint)}.`);
  }
  const { accessKeyId, secretAccessKey, sessionToken, fetch: send = (request: Request) => fetch(request) } = options;
  const root = `${endpoint.replace(/\/+$/, "")}/${encodeURIComponent(bucket)}/`;

  let signer: Promise<{ sign(url: string, init: RequestInit): Promise<Request> }> | undefined;
  const loadSigner = async () => {
    const { AwsClient } = await import("aws4fetch");
    const credentials = { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) };
    return new AwsClient({ ...credentials, region, service: "s3" });
  };
  const call = async (method: string, key: string, init: RequestInit = {}): Promise<Response> => {
    const client = await (signer ??= loadSigner());
    const url = root + key.split("/").map(encodeURIComponent).join("/");
    const response = await send(await client.sign(url, { ...init, method }));
    if (response.ok || response.status === 404) return response;
    const text = (await response.text().catch(() => "")).slice(0, 500);
    throw new Error(`${method} ${url} failed: ${response.status} ${response.statusText} ${text}`.trim());
  };
  const keyOf = (id: string): string => {
    if (!isFileId(id)) throw new TypeError(`Not the id of a file: ${JSON.stringify(id.slice(0, 100))}.`);
    return prefix + id;
  };

  return {
    async put(id, { bytes, mediaType, expiresAt }) {
      const headers = { "content-type": mediaType, "x-amz-meta-expires-at": String(expiresAt) };
      const response = await call("PUT", keyOf(id), { headers, body: bytes });
      await response.body?.cancel();
      if (response.status === 404) throw new Error(`The bucket ${bucket} at ${endpoint} does not exist.`);
    },
    async stat(id): Promise<StoredFileFacts | undefined> {
      if (!isFileId(id)) return undefined;
      const { status, headers } = await call("HEAD", keyOf(id));
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
      const response = await call("GET", keyOf(id), { headers });
      if (response.status === 404) {
        await response.body?.cancel();
        return undefined;
      }
      return (response.body ?? new Uint8Array()) as ReadableStream<Uint8Array<ArrayBuffer>>;
    },
    async delete(id) {
      if (!isFileId(id)) return;
      const response = await call("DELETE", keyOf(id));
      await response.body?.cancel();
    },
    async checkReady(signal) {
      const response = await call("HEAD", "", signal ? { signal } : {});
      if (response.status === 404) throw new Error(`The bucket ${bucket} at ${endpoint} does not exist.`);
    },
  };
}
