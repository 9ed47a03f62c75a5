import type { UploadTransportOptions } from "../transport/create-transport.ts";

/** What the reading of uploads depends on, one that is a URL included. */
export interface UploadContext extends UploadTransportOptions {
  /** The number of bytes that an upload must stay below, in place of the contract's. */
  readonly maxUploadBytes?: number | undefined;
  /** Ends the reading when it fires. */
  readonly signal?: AbortSignal | null | undefined;
}
