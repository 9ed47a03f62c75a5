import type { UploadFacts } from "../operation-facts.ts";
import { sniffMediaType } from "./sniff-media-type.ts";
import type { FileReadStream, Uploadable } from "./uploadable.ts";

/** A file, read and ready to be written into a request. */
export interface Upload {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fileName: string;
  readonly mediaType: string;
}

/**
 * Reads an upload into memory, and finds out what it is called and what it is: its own bytes decide, then what the
 * source says of itself.
 *
 * @throws TypeError where the value can't be uploaded, naming what to pass instead.
 * @throws RangeError where a stream goes on beyond the limit of the contract; it is not read further.
 */
export async function readUpload(property: string, value: unknown, facts: UploadFacts | undefined): Promise<Upload> {
  if (!isUploadable(value)) throw new TypeError(whyNotUploadable(property, value));
  const bytes = await readBytes(property, value, facts?.exclusiveMaximumBytes ?? Infinity);
  const { name, path, url, type, headers } = value as UploadSource;
  const declared = headers?.get("content-type") ?? type;
  const mediaType = sniffMediaType(bytes) || declared || "application/octet-stream";
  return { bytes, fileName: baseName(name ?? path ?? url) || defaultName(property, mediaType), mediaType };
}

/** What the kinds of uploads say of themselves: a File its name and type, a read stream its path, a Response its URL. */
interface UploadSource {
  readonly name?: string;
  readonly path?: FileReadStream["path"];
  readonly url?: string;
  readonly type?: string;
  readonly headers?: Headers;
}

function isUploadable(value: unknown): value is Uploadable {
  if (typeof value !== "object" || value === null) return false;
  return (
    value instanceof ArrayBuffer ||
    ArrayBuffer.isView(value) ||
    "arrayBuffer" in value ||
    "getReader" in value ||
    Symbol.asyncIterator in value
  );
}

function whyNotUploadable(property: string, value: unknown): string {
  const expected = "Pass a File, a Blob, bytes, a stream such as fs.createReadStream(path), or a fetch Response.";
  return typeof value === "string"
    ? `'${property}' is a string, ${JSON.stringify(shorten(value))}, and not a file. To send the file at a path, pass fs.createReadStream(path). ${expected}`
    : `'${property}' is not a file, but ${value === null ? "null" : `of type ${typeof value}`}. ${expected}`;
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

async function readBytes(property: string, value: Uploadable, limit: number): Promise<Uint8Array<ArrayBuffer>> {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return copyOf(value);
  if ("arrayBuffer" in value) return new Uint8Array(await value.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of "getReader" in value ? readAll(value) : value) {
    const bytes = await chunkBytes(chunk);
    length += bytes.length;
    if (length >= limit) {
      throw new RangeError(`'${property}' must have fewer than ${limit} bytes; the stream has at least ${length}.`);
    }
    chunks.push(bytes);
  }
  return concatenate(chunks, length);
}

// Safari has no async iteration of streams.
async function* readAll<Chunk>(stream: ReadableStream<Chunk>): AsyncGenerator<Chunk> {
  const reader = stream.getReader();
  try {
    for (let result = await reader.read(); !result.done; result = await reader.read()) yield result.value;
  } finally {
    await reader.cancel();
  }
}

async function chunkBytes(chunk: unknown): Promise<Uint8Array> {
  if (typeof chunk === "string") return new TextEncoder().encode(chunk);
  if (ArrayBuffer.isView(chunk)) return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  if (chunk instanceof ArrayBuffer) return new Uint8Array(chunk);
  if (chunk instanceof Blob) return new Uint8Array(await chunk.arrayBuffer());
  throw new TypeError(`A stream to upload must yield bytes, text or blobs, and not values of type ${typeof chunk}.`);
}

/** A copy, because the caller may go on to change the bytes while a request is tried again. */
function copyOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new Uint8Array(buffer, byteOffset, byteLength));
}

function concatenate(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}

function baseName(source: unknown): string {
  if (source === undefined || source === null) return "";
  const path = String(source);
  const file = /^https?:/i.test(path) ? new URL(path).pathname : path;
  return file.split(/[/\\]/).at(-1)!;
}

function defaultName(property: string, mediaType: string): string {
  return mediaType.startsWith("image/") ? `${property}.${mediaType.slice(6)}` : property;
}
