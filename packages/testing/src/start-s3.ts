import { startFauxqs } from "fauxqs";
import type { S3Bucket } from "./s3-bucket.ts";

/** A service that speaks S3, on a port of this process. */
export interface RunningS3 extends AsyncDisposable {
  readonly options: S3Bucket;
  /** The names of all objects. */
  listKeys(): Promise<string[]>;
}

export async function startS3(): Promise<RunningS3> {
  const server = await startFauxqs({ port: 0, logger: false });
  server.createBucket("otters");
  const endpoint = `http://127.0.0.1:${server.port}`;
  return {
    options: { endpoint, bucket: "otters", accessKeyId: "access", secretAccessKey: "secret" },
    async listKeys() {
      const xml = await (await fetch(`${endpoint}/otters?list-type=2`)).text();
      return Array.from(xml.matchAll(/<Key>([^<]*)<\/Key>/g), ([, key = ""]) => key);
    },
    [Symbol.asyncDispose]: () => server.stop(),
  };
}
