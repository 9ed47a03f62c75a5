/** The parts of Node's zlib that are used here; Bun and Deno have them too. */
export interface NativeZlib {
  readonly crc32: (bytes: Uint8Array, start?: number) => number;
  readonly inflateSync: InflateSync;
  readonly inflateRawSync: InflateSync;
  readonly inflate: Inflate;
  readonly inflateRaw: Inflate;
  readonly createInflate?: (options: { readonly windowBits: number; readonly chunkSize: number }) => unknown;
  readonly constants: { readonly Z_SYNC_FLUSH: number; readonly Z_FINISH: number };
}

type InflateSync = (bytes: Uint8Array, options: NativeInflateOptions) => NativeInflated;
type Inflate = (
  bytes: Uint8Array,
  options: NativeInflateOptions,
  callback: (error: Error | null, inflated: NativeInflated) => void,
) => void;

/** What zlib is told. */
export interface NativeInflateOptions {
  readonly chunkSize: number;
  readonly maxOutputLength: number;
  readonly finishFlush: number;
  readonly info: true;
}

/** What has been inflated, and by an engine that knows how many bytes it has read for it. */
export interface NativeInflated {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

interface Runtime {
  readonly process?: { readonly getBuiltinModule?: (name: string) => NativeZlib | undefined };
}

let zlib: Partial<NativeZlib> | undefined;

/**
 * The runtime's own zlib, empty where it has none in the manner of Node. Asked for and not imported, so that the module
 * loads everywhere, and asked for on first use.
 */
export function nativeZlib(): Partial<NativeZlib> {
  try {
    zlib ??= (globalThis as Runtime).process?.getBuiltinModule?.("node:zlib") ?? {};
  } catch {
    // Next.js has a getBuiltinModule on its edge that only throws.
    zlib = {};
  }
  return zlib;
}
