import type { Transport } from "../transport/transport.ts";

/** What the reading of uploads depends on. */
export interface UploadContext {
  /** How an upload that is a URL is fetched. */
  readonly transport: Transport;
  /** The number of bytes that an upload must stay below, in place of the contract's. */
  readonly maxUploadBytes?: number | undefined;
  /** Ends the reading when it fires. */
  readonly signal?: AbortSignal | null | undefined;
}
