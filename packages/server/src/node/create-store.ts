import { SettingError } from "../settings/setting.ts";
import type { EnvironmentSettings } from "../settings/read-environment.ts";
import { containerSettings } from "../settings/settings-table.ts";
import type { FileStore } from "../stores/file-store.ts";
import { createMemoryStore } from "../stores/memory-store.ts";
import { createS3Store, type S3StoreOptions } from "../stores/s3/s3-store.ts";
import { createDirectoryStore } from "./directory-store.ts";

/**
 * The store that the settings of an environment name.
 *
 * @throws SettingError if one is missing that the store needs, and for a URL that is not valid.
 */
export function createStore(settings: EnvironmentSettings): FileStore {
  const { store = "memory", storeMaxBytes, storeDirectory } = settings as StoreSettings;
  const limit = storeMaxBytes === undefined ? {} : { maxBytes: storeMaxBytes };
  if (store === "memory") return createMemoryStore(limit);
  if (store === "directory") {
    return createDirectoryStore({ directory: needed(store, "storeDirectory", storeDirectory), ...limit });
  }
  return createS3Store(s3OptionsOf(store, settings));
}

interface StoreSettings {
  readonly store?: string;
  readonly storeMaxBytes?: number;
  readonly storeDirectory?: string;
}

interface S3Settings {
  readonly s3Endpoint?: string;
  readonly s3Bucket?: string;
  readonly s3Region?: string;
  readonly s3AccessKeyId?: string;
  readonly s3SecretAccessKey?: string;
  readonly s3SessionToken?: string;
  readonly s3Prefix?: string;
  readonly s3Urls?: "proxied" | "presigned";
  readonly s3PublicEndpoint?: string;
}

/** @param store `s3`, or a URL that outweighs the settings. */
function s3OptionsOf(store: string, settings: EnvironmentSettings): S3StoreOptions {
  const own = settings as S3Settings;
  const { s3SessionToken, s3Urls, s3PublicEndpoint, s3Region, s3Prefix, s3Bucket, s3Endpoint } = {
    ...own,
    ...(store === "s3" ? {} : readStoreUrl(store)),
  };
  const region = s3Region ?? "us-east-1";
  return {
    endpoint: s3Endpoint ?? `https://s3.${region}.amazonaws.com`,
    bucket: needed("s3", "s3Bucket", s3Bucket),
    region,
    accessKeyId: needed("s3", "s3AccessKeyId", own.s3AccessKeyId),
    secretAccessKey: needed("s3", "s3SecretAccessKey", own.s3SecretAccessKey),
    ...(s3SessionToken !== undefined && { sessionToken: s3SessionToken }),
    ...(s3Prefix !== undefined && { prefix: s3Prefix }),
    ...(s3Urls !== undefined && { urls: s3Urls }),
    ...(s3PublicEndpoint !== undefined && { publicEndpoint: s3PublicEndpoint }),
  };
}

/** What the query of a store's URL may have. */
const inQuery: ReadonlyMap<string, keyof S3Settings> = new Map([
  ["endpoint", "s3Endpoint"],
  ["region", "s3Region"],
]);

/**
 * Reads `s3://bucket/prefix?endpoint=…&region=…`.
 *
 * @throws SettingError without the URL, if it has credentials in it.
 */
function readStoreUrl(text: string): S3Settings {
  const url = URL.parse(text);
  if (url && (url.username || url.password)) {
    throw new SettingError(
      "The URL of a store has no credentials: set IMAGE_VARIATIONS_S3_ACCESS_KEY_ID and " +
        "IMAGE_VARIATIONS_S3_SECRET_ACCESS_KEY.",
    );
  }
  const unknown = [...(url?.searchParams.keys() ?? [])].find((name) => !inQuery.has(name));
  if (!url?.hostname || url.port || url.hash || unknown !== undefined) {
    throw new SettingError(
      `The URL of a store must be s3://bucket or s3://bucket/prefix, with ?endpoint= and &region= if needed, got ` +
        `${JSON.stringify(text.slice(0, 200))}.`,
    );
  }
  const path = decodeURIComponent(url.pathname).replace(/^\/+|\/+$/g, "");
  const entries = [...url.searchParams].map(([name, value]) => [inQuery.get(name), value]);
  const settings: S3Settings = Object.fromEntries(entries);
  if (settings.s3Endpoint !== undefined && !/^https?:$/.test(URL.parse(settings.s3Endpoint)?.protocol ?? "")) {
    throw new SettingError(
      `endpoint in the URL of a store must be an http or https URL, got ${JSON.stringify(settings.s3Endpoint.slice(0, 200))}.`,
    );
  }
  return { ...settings, s3Bucket: url.hostname, ...(path && { s3Prefix: `${path}/` }) };
}

/** @throws SettingError that names the variable, if there is no value. */
function needed(store: string, name: string, value: string | undefined): string {
  if (value !== undefined) return value;
  const { variable = name } = containerSettings.find((setting) => setting.name === name) ?? {};
  throw new SettingError(`The store ${store} needs ${variable}.`);
}
