import { messageOf } from "../../sources/image-read-error.ts";
import { byteAt, uint32 } from "../read-bytes.ts";
import { adler32 } from "./adler32.ts";
import { earlyEnd, wrongChecksum } from "./inflater.ts";
import { nativeZlib, type NativeInflated, type NativeInflateOptions, type NativeZlib } from "./native-zlib.ts";
import { inflateShared } from "./shared-inflate.ts";

/** What the runtime's zlib has made of a stream. */
export interface InflatedNatively {
  readonly output: Uint8Array;
  /** How many bytes of the stream have been read. */
  readonly position: number;
  readonly fault?: string;
}

/** A zlib stream, and how many bytes it should make. */
export interface ZlibStream {
  /** The stream, and as many bytes after it as `Inflater` asks for. */
  readonly input: Uint8Array;
  /** How many bytes of the input are the stream. */
  readonly length: number;
  readonly windowSize: number;
  readonly expected: number;
}

/** All of the output is made at once: more than 8 MiB would take memory that grows with the image. */
const mostOutput = 8_388_608;
/** What takes less than a few milliseconds need not go to another thread, which takes longer to begin. */
const smallInput = 65_536;

/**
 * Inflates a stream by the runtime's own zlib, if it has one and the stream is one for it, in another thread if that may
 * take long.
 *
 * If zlib rejects the end of the stream or its checksum, it inflates once more without them, and they are checked here: even
 * twice, zlib is faster than the inflater here.
 *
 * @returns Undefined if the stream has to be inflated here: there is no zlib, or the stream has a fault, which the runtime
 * does not decide.
 */
export async function inflateNatively(stream: ZlibStream): Promise<InflatedNatively | undefined> {
  const zlib = nativeZlib();
  const { input, length } = stream;
  if (!isZlib(zlib) || length <= smallInput) return inflateNativelySync(stream);
  if (!isForZlib(stream)) return undefined;
  const inThread = (inflate: NativeZlib["inflate"], start: number): Promise<NativeInflated> =>
    new Promise((resolve, reject) => {
      const done = (error: Error | null, inflated: NativeInflated): void => (error ? reject(error) : resolve(inflated));
      inflate(input.subarray(start, length), optionsFor(zlib, stream, start), done);
    });
  try {
    return resultOf(await inThread(zlib.inflate, 0));
  } catch (error) {
    if (!isAboutEnd(error)) return undefined;
  }
  return inThread(zlib.inflateRaw, 2).then(
    (inflated) => checkEnd(stream, inflated),
    () => undefined,
  );
}

/** The same, at once. */
export function inflateNativelySync(stream: ZlibStream): InflatedNatively | undefined {
  const zlib = nativeZlib();
  const { input, length } = stream;
  if (!isZlib(zlib) || !isForZlib(stream)) return undefined;
  const bytes = input.subarray(0, length);
  const options = optionsFor(zlib, stream, 0);
  try {
    return resultOf(inflateShared(zlib, bytes, options) ?? zlib.inflateSync(bytes, options));
  } catch (error) {
    if (!isAboutEnd(error)) return undefined;
  }
  try {
    return checkEnd(stream, zlib.inflateRawSync(input.subarray(2, length), optionsFor(zlib, stream, 2)));
  } catch {
    return undefined;
  }
}

function isZlib(zlib: Partial<NativeZlib>): zlib is NativeZlib {
  return Boolean(zlib.inflate && zlib.inflateRaw && zlib.inflateSync && zlib.inflateRawSync && zlib.constants);
}

/** Whether zlib has come to the end of the blocks, or of the input. A hint, and no more: its words may change. */
function isAboutEnd(error: unknown): boolean {
  return /data check|end of file/.test(messageOf(error));
}

function isForZlib({ input, length, windowSize, expected }: ZlibStream): boolean {
  // Zlib may not look at how far back a copy reaches, which can be too far only if the window is not the largest.
  const hasLargestWindow = windowSize === 32_768 || expected <= windowSize;
  // What is stored in blocks takes less time here than the memory for all of the output.
  const isStored = length > Math.max(expected, smallInput) && (byteAt(input, 2) & 6) === 0;
  // A stream that is longer than its output is made to take time, and a fault at its end would make it take twice as long.
  return expected <= mostOutput && hasLargestWindow && !isStored && length <= 1.125 * expected + 1024;
}

function optionsFor({ constants }: NativeZlib, { expected }: ZlibStream, start: number): NativeInflateOptions {
  // With this flush, blocks that break off are not an error, and what they make is there.
  const finishFlush = start > 0 ? constants.Z_SYNC_FLUSH : constants.Z_FINISH;
  return { chunkSize: Math.max(64, expected + 1), maxOutputLength: Math.max(1, expected), finishFlush, info: true };
}

function resultOf({ buffer, engine: { bytesWritten } }: NativeInflated): InflatedNatively | undefined {
  return bytesWritten > 0 ? { output: buffer, position: bytesWritten } : undefined;
}

/** What comes after the blocks: the checksum, if they have an end before it. */
function checkEnd({ input, length }: ZlibStream, inflated: NativeInflated): InflatedNatively | undefined {
  const result = resultOf(inflated);
  if (!result) return undefined;
  // Zlib has begun behind the two bytes of the header, and has not read the four of the checksum.
  const position = result.position + 6;
  if (position > length) return { ...result, position, fault: earlyEnd };
  if (uint32(input, position - 4) === adler32(result.output, 1)) return { ...result, position };
  return { ...result, position, fault: wrongChecksum };
}
