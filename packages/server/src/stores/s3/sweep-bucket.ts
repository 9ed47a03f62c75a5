import { isFileId } from "../file-store.ts";
import type { S3Client } from "./s3-client.ts";

/** Which objects a sweep looks at. */
export interface Sweep {
  /** What the names of the store's objects start with. */
  readonly prefix: string;
  /** Objects that are younger than this, in milliseconds, are passed over without a request for each. */
  readonly minimumAge: number;
  /** When an object expires; undefined if it is not there. */
  readonly expiryOf: (id: string) => Promise<number | undefined>;
  readonly now: () => number;
}

/** Removes the expired objects of a store from its bucket, and no object of anyone else. Returns how many. */
export async function sweepBucket(client: S3Client, { prefix, minimumAge, expiryOf, now }: Sweep): Promise<number> {
  let removed = 0;
  for await (const { key, modified } of listObjects(client, prefix)) {
    const id = key.slice(prefix.length);
    if (!isFileId(id) || now() - modified < minimumAge) continue;
    const expiresAt = await expiryOf(id);
    if (expiresAt === undefined || expiresAt > now()) continue;
    const response = await client.send("DELETE", key);
    await response.body?.cancel();
    removed += 1;
  }
  return removed;
}

interface ListedObject {
  readonly key: string;
  /** In milliseconds since 1970. */
  readonly modified: number;
}

async function* listObjects(client: S3Client, prefix: string): AsyncGenerator<ListedObject> {
  let token: string | undefined;
  do {
    const query = { "list-type": "2", prefix, ...(token !== undefined && { "continuation-token": token }) };
    const response = await client.send("GET", "", { query });
    const xml = await response.text();
    if (response.status === 404) throw new Error(`${client.name} does not exist.`);
    // Keys of this store are letters, digits, `-`, `_` and `/`: nothing of them is escaped in XML.
    for (const [, entry = ""] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const key = textOf(entry, "Key");
      const modified = Date.parse(textOf(entry, "LastModified") ?? "");
      if (key !== undefined && !Number.isNaN(modified)) yield { key, modified };
    }
    token = textOf(xml, "IsTruncated") === "true" ? textOf(xml, "NextContinuationToken") : undefined;
  } while (token !== undefined);
}

function textOf(xml: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1]?.replaceAll("&amp;", "&");
}
