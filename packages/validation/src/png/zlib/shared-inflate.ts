import { messageOf } from "../../sources/image-read-error.ts";
import { unclearedMemory } from "../uncleared-memory.ts";
import type { NativeInflated, NativeInflateOptions, NativeZlib } from "./native-zlib.ts";

/**
 * The parts of Node's Inflate that inflate at once. Those with an underscore are not documented, but pngjs has called them
 * for years; `_processChunk`, which `inflateSync` calls, closes the handle and so works once only.
 */
interface Inflate {
  readonly destroyed: boolean;
  readonly errored: unknown;
  readonly _handle: { readonly writeSync: (...args: WriteArguments) => void };
  /** How many bytes are left of the output, and of the input. */
  readonly _writeState: Uint32Array;
  readonly reset: () => void;
  readonly on: (event: "error", listener: () => void) => void;
}

type WriteArguments = [
  flush: number,
  input: Uint8Array,
  inputStart: number,
  inputLength: number,
  output: Uint8Array,
  outputStart: number,
  outputLength: number,
];

/** Weak, so that nothing is held past a collection: neither a window, nor the async context of the first call. */
let shared: WeakRef<Inflate> | undefined;
let works: boolean | undefined;

/**
 * What `inflateSync` does, by one Inflate for all calls: to make and free one for every stream takes longer than a small
 * stream, most of it in the garbage collections that its memory causes.
 *
 * @returns Undefined where the runtime's Inflate does not work like Node's.
 * @throws What `inflateSync` throws; only too much output has another message.
 */
export function inflateShared(
  zlib: NativeZlib,
  bytes: Uint8Array,
  options: NativeInflateOptions,
): NativeInflated | undefined {
  works ??= worksLikeNodes(zlib);
  if (!works) return undefined;
  let inflate = shared?.deref();
  if (!inflate) {
    inflate = createInflate(zlib);
    shared = new WeakRef(inflate);
  }
  try {
    return inflateAtOnce(inflate, bytes, options);
  } catch (error) {
    // An error has destroyed it.
    shared = undefined;
    throw error;
  }
}

function createInflate({ createInflate: create }: NativeZlib): Inflate {
  // Without a size for the window, it would keep that of its first stream. The memory for a chunk is not used.
  const inflate = create?.({ windowBits: 15, chunkSize: 64 }) as Inflate;
  inflate.on("error", () => {});
  return inflate;
}

function inflateAtOnce(inflate: Inflate, bytes: Uint8Array, options: NativeInflateOptions): NativeInflated {
  const { chunkSize, maxOutputLength, finishFlush } = options;
  const output = unclearedMemory(chunkSize);
  const { _handle: handle, _writeState: state } = inflate;
  inflate.reset();
  handle.writeSync(finishFlush, bytes, 0, bytes.length, output, 0, chunkSize);
  if (inflate.destroyed) throw inflate.errored;
  const [outputLeft = 0, inputLeft = 0] = state;
  const length = chunkSize - outputLeft;
  if (length > maxOutputLength) throw new RangeError(`More output than ${maxOutputLength} bytes`);
  return { buffer: output.subarray(0, length), engine: { bytesWritten: bytes.length - inputLeft } };
}

/** Whether an Inflate can be used again and reports an error: what is not documented may change, and differs in Deno. */
function worksLikeNodes(zlib: NativeZlib): boolean {
  // The letter a, and a byte after the stream.
  const trial = Uint8Array.of(0x78, 0x9c, 0x4b, 0x04, 0x00, 0x00, 0x62, 0x00, 0x62, 0xff);
  const options = { chunkSize: 64, maxOutputLength: 1, finishFlush: zlib.constants.Z_FINISH, info: true } as const;
  try {
    const inflate = createInflate(zlib);
    for (let use = 0; use < 2; use += 1) {
      const { buffer, engine } = inflateAtOnce(inflate, trial, options);
      if (buffer.length !== 1 || buffer[0] !== 97 || engine.bytesWritten !== trial.length - 1) return false;
    }
    try {
      inflateAtOnce(inflate, trial.with(8, 0), options);
      return false;
    } catch (error) {
      return messageOf(error).includes("data check");
    }
  } catch {
    return false;
  }
}
