import { openFile } from "./file-source.ts";
import { holdStreams } from "./hold-streams.ts";
import type { UploadChunk } from "./uploadable.ts";

/** A stream with the name, and perhaps the media type, of the file that it is. */
export interface StreamingFile extends AsyncIterable<UploadChunk> {
  readonly name: string;
  readonly type?: string | undefined;
}

/**
 * Gives a stream the name of a file. Like every other upload here, it is read into memory when it is sent: so it has a
 * length, and can be sent again.
 *
 * @throws TypeError if the name or the stream is missing.
 */
export function toStreamingFile(
  data: AsyncIterable<UploadChunk> | ReadableStream<UploadChunk>,
  name: string,
  options?: { type?: string | undefined },
): StreamingFile {
  const file = openFile(data);
  if (!file) throw new TypeError(`\`data\` must be a stream, got ${typeof data}.`);
  if (typeof name !== "string" || !name)
    throw new TypeError(`\`name\` must be a non-empty string, got ${typeof name}.`);
  holdStreams({ data });
  return { name, type: options?.type, [Symbol.asyncIterator]: () => file.chunks() as AsyncIterator<UploadChunk> };
}
