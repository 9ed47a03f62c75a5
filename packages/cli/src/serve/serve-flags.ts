import type { BackendFlags } from "../backend/backend-flags.ts";

/** The options of `serve`. */
export interface ServeFlags extends BackendFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly apiKey?: readonly string[] | undefined;
  readonly store?: "memory" | "directory" | "s3" | undefined;
  readonly storeDirectory?: string | undefined;
  readonly logLevel?: "debug" | "info" | "warn" | "error" | "silent" | undefined;
}
