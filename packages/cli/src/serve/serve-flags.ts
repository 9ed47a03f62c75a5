import type { BackendFlags } from "../backend/backend-flags.ts";
import type { ServerFlags } from "../settings/server-flags.ts";

/** The options of `serve`. */
export interface ServeFlags extends BackendFlags, ServerFlags {
  readonly port?: number | undefined;
  readonly host?: string | undefined;
  readonly apiKey?: readonly string[] | undefined;
}
