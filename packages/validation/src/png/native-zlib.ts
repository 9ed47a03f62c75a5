/** The parts of Node's zlib that are used here; Bun and Deno have them too. */
export interface NativeZlib {
  readonly crc32?: (bytes: Uint8Array, start?: number) => number;
  readonly inflateSync: (
    bytes: Uint8Array,
    options: { readonly chunkSize: number; readonly maxOutputLength: number; readonly info: true },
  ) => { readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } };
}

interface Runtime {
  readonly process?: { readonly getBuiltinModule?: (name: string) => unknown };
}

let found: NativeZlib | undefined | null = null;

/**
 * The runtime's own zlib, where it has one in the manner of Node. Asked for and not imported, so that the module loads
 * everywhere, and asked for on first use.
 */
export function nativeZlib(): NativeZlib | undefined {
  if (found === null)
    found = (globalThis as Runtime).process?.getBuiltinModule?.("node:zlib") as NativeZlib | undefined;
  return found;
}
