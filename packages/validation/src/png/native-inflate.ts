import { adler32 } from "./zlib/adler32.ts";
import { nativeZlib, type NativeInflated } from "./native-zlib.ts";
import { uint32 } from "./uint32.ts";

/** What the runtime's zlib has made of a stream. */
export interface InflatedNatively {
  readonly output: Uint8Array;
  /** How many bytes of the stream have been read. */
  readonly position: number;
  readonly fault?: string;
}

/** A zlib stream, and how many bytes it should make. */
export interface ZlibStream {
  readonly input: Uint8Array;
  readonly windowSize: number;
  readonly expected: number;
}

/** All of the output is made at once: more than 8 MiB would take memory that grows with the image. */
const mostOutput = 8_388_608;
/** What takes less than a few milliseconds need not go to another thread, which takes longer to begin. */
const smallInput = 65_536;
const smallOutput = 1_048_576;

/**
 * Inflates a stream by the runtime's own zlib, if it has one and the stream is one for it, in another thread if that may
 * take long.
 *
 * The header of the stream, its checksum and its end are looked at here, and only what is between goes to zlib: which
 * is then no reason to inflate once more where one of them is wrong.
 *
 * @returns Undefined if the stream has to be inflated here: nobody did it, or it has a fault, and which is not for the
 * runtime to decide.
 */
export async function inflateNatively(stream: ZlibStream): Promise<InflatedNatively | undefined> {
  const { inflateRaw } = nativeZlib();
  if (!inflateRaw || (stream.input.length <= smallInput && stream.expected <= smallOutput)) {
    return inflateNativelySync(stream);
  }
  if (!isForZlib(stream)) return undefined;
  return new Promise((resolve) => {
    inflateRaw(stream.input.subarray(2), optionsFor(stream), (error, inflated) => {
      resolve(error ? undefined : checkEnd(stream, inflated));
    });
  });
}

/** The same, at once. */
export function inflateNativelySync(stream: ZlibStream): InflatedNatively | undefined {
  const { inflateRawSync } = nativeZlib();
  if (!inflateRawSync || !isForZlib(stream)) return undefined;
  try {
    return checkEnd(stream, inflateRawSync(stream.input.subarray(2), optionsFor(stream)));
  } catch {
    return undefined;
  }
}

function isForZlib({ input, windowSize, expected }: ZlibStream): boolean {
  // Zlib may not look at how far back a copy reaches, which can be too far only where the window is not the largest.
  const hasLargestWindow = windowSize === 32_768 || expected <= windowSize;
  // A stream that is longer than its output is made to take time, and a fault at its end would make it take twice as long.
  return expected <= mostOutput && hasLargestWindow && input.length <= 1.125 * expected + 1024;
}

function optionsFor({ expected }: ZlibStream): Parameters<NonNullable<ReturnType<typeof nativeZlib>["inflateRaw"]>>[1] {
  const finishFlush = nativeZlib().constants?.Z_SYNC_FLUSH ?? 2;
  // With this flush, a stream that breaks off is no error, and what it makes is there.
  return { chunkSize: Math.max(64, expected + 1), maxOutputLength: Math.max(1, expected), finishFlush, info: true };
}

/** What comes after the blocks: the checksum, if they have an end before it. */
function checkEnd({ input }: ZlibStream, { buffer, engine }: NativeInflated): InflatedNatively | undefined {
  // Zlib has begun behind the two bytes of the header.
  const position = engine.bytesWritten + 6;
  if (!(position >= 6)) return undefined;
  const result = { output: buffer, position };
  if (position > input.length) return { ...result, fault: "an early end" };
  return uint32(input, position - 4) === adler32(buffer, 1) ? result : { ...result, fault: "a wrong checksum" };
}
