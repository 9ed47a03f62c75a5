/** The parts of Node's zlib that are used here; Bun and Deno have them too. */
export interface NativeZlib {
  readonly crc32: (bytes: Uint8Array, start?: number) => number;
  readonly inflateSync: (
    bytes: Uint8Array,
    options: { readonly chunkSize: number; readonly maxOutputLength: number; readonly info: true },
  ) => { readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } };
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
  zlib ??= findZlib();
  return zlib;
}

function findZlib(): Partial<NativeZlib> {
  try {
    return (globalThis as Runtime).process?.getBuiltinModule?.("node:zlib") ?? {};
  } catch {
    // The edge runtime of Next.js has a `process` that throws when it is asked for what it lacks.
    return {};
  }
}
