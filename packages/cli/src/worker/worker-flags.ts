import type { BackendFlags } from "../backend/backend-flags.ts";
import type { ServerFlags } from "../settings/server-flags.ts";

/** The options of `worker`. */
export interface WorkerFlags extends BackendFlags, ServerFlags {
  readonly concurrency?: number | undefined;
}
