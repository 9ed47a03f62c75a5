import type { Backend } from "@image-variations/backends";
import { createHandler, type HandlerOptions } from "../create-handler.ts";
import { createPinoLogger, type PinoLoggerOptions } from "./pino-logger.ts";
import { readEnvironment, type EnvironmentSettings } from "../settings/read-environment.ts";
import { SettingError } from "../settings/setting.ts";
import { createDirectoryStore } from "./directory-store.ts";
import type { FileStore } from "../stores/file-store.ts";
import { createMemoryStore } from "../stores/memory-store.ts";
import { createS3Store, type S3StoreOptions } from "../stores/s3/s3-store.ts";
import { serve, type RunningServer } from "./serve.ts";

/** What is served, and whose environment says how. */
export interface ServeFromEnvironmentOptions {
  readonly backend: Backend;
  /** @default process.env */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Variables that start with `IMAGE_VARIATIONS_` and that the caller reads, such as those of a backend. */
  readonly others?: readonly string[];
}

/**
 * Serves a backend as the `IMAGE_VARIATIONS_…` variables say: what a container runs.
 *
 * @throws SettingError for a variable that is not valid, or not known.
 */
export async function serveFromEnvironment(options: ServeFromEnvironmentOptions): Promise<RunningServer> {
  const { backend, environment = process.env, others = [] } = options;
  const settings = readEnvironment(environment, others);
  const { logLevel, corsOrigins, apiKeys } = settings as {
    logLevel?: NonNullable<PinoLoggerOptions["level"]>;
    corsOrigins?: readonly string[];
    apiKeys?: readonly string[];
  };
  const handlerOptions: HandlerOptions = {
    ...settings,
    backend,
    store: createStore(settings),
    ...(apiKeys && { apiKeys }),
    corsOrigins: corsOrigins?.includes("*") ? "*" : (corsOrigins ?? []),
  };
  const logger = await createPinoLogger(logLevel ? { level: logLevel } : {});
  return serve({ ...settings, handler: createHandler(handlerOptions), logger });
}

function createStore(settings: EnvironmentSettings): FileStore {
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
