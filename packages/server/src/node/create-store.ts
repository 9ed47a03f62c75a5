import { SettingError } from "../settings/setting.ts";
import type { EnvironmentSettings } from "../settings/read-environment.ts";
import type { FileStore } from "../stores/file-store.ts";
import { createMemoryStore } from "../stores/memory-store.ts";
import { createS3Store, type S3StoreOptions } from "../stores/s3/s3-store.ts";
import { createDirectoryStore } from "./directory-store.ts";

/**
 * The store that the settings of an environment name.
 *
 * @throws SettingError if one is missing that the store needs.
 */
export function createStore(settings: EnvironmentSettings): FileStore {
  const { store = "memory", storeMaxBytes, storeDirectory, ...others } = settings;
  const limit = storeMaxBytes === undefined ? {} : { maxBytes: storeMaxBytes as number };
  if (store === "memory") return createMemoryStore(limit);
  if (store === "directory") {
    needed(store, { storeDirectory });
    return createDirectoryStore({ directory: storeDirectory as string, ...limit });
  }
  const { s3Endpoint, s3Bucket, s3Region, s3AccessKeyId, s3SecretAccessKey, s3Prefix, s3Urls, s3PublicEndpoint } =
    others;
  needed("s3", { s3Endpoint, s3Bucket, s3AccessKeyId, s3SecretAccessKey });
  return createS3Store({
    endpoint: s3Endpoint as string,
    bucket: s3Bucket as string,
    ...(s3Region !== undefined && { region: s3Region as string }),
    accessKeyId: s3AccessKeyId as string,
    secretAccessKey: s3SecretAccessKey as string,
    ...(s3Prefix !== undefined && { prefix: s3Prefix as string }),
    ...(s3Urls !== undefined && { urls: s3Urls as "proxied" | "presigned" }),
    ...(s3PublicEndpoint !== undefined && { publicEndpoint: s3PublicEndpoint as string }),
  } satisfies S3StoreOptions);
}

function needed(store: string, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) throw new SettingError(`The store ${store} needs ${name}.`);
  }
}
