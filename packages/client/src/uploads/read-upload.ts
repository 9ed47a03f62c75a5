import { OpenAIError } from "../errors/openai-error.ts";
import type { UploadFacts } from "../operation-facts.ts";
import { collectBytes } from "./collect-bytes.ts";
import { openUrl } from "./open-url.ts";
import { sniffMediaType } from "./sniff-media-type.ts";
import type { UploadContext } from "./upload-context.ts";
import type { FileReadStream } from "./uploadable.ts";
import { viewBytes } from "./view-bytes.ts";

/** A file, read and ready to be written into a request. */
export interface Upload {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly fileName: string;
  readonly mediaType: string;
}

/** What the kinds of uploads say of themselves: a File its name and type, a read stream its path, a Response its URL. */
interface UploadSource {
  readonly name?: string;
  readonly path?: FileReadStream["path"];
  readonly url?: string;
  readonly type?: string;
  readonly headers?: Headers;
  readonly size?: number;
  readonly byteLength?: number;
}

/**
 * Reads an upload into memory, and finds out what it is called and what it is: its own bytes decide, then what the
 * source says of itself.
 *
 * @throws TypeError where the value can't be uploaded, naming what to pass instead.
 * @throws OpenAIError where it is too large: before it is read, if it tells its size, else as soon as that shows.
 */
export async function readUpload(
  property: string,
  value: unknown,
  facts?: UploadFacts,
  context: UploadContext = {},
): Promise<Upload> {
  const upload: unknown = value instanceof URL ? await openUrl(property, value, context) : value;
  const { name, path, url, type, headers, size, byteLength } = Object(upload) as UploadSource;

  const limit = context.maxUploadBytes ?? facts?.exclusiveMaximumBytes ?? Infinity;
  let read = 0;
  const add = (bytes: number): void => {
    read += bytes;
    if (read >= limit) {
      throw new OpenAIError(`'${property}' must have fewer than ${limit} bytes, got ${read}.`);
    }
  };
  add(size ?? byteLength ?? 0);
  // No copy of what is in memory: whoever asked for the bytes makes one, of which the caller can't change anything.
  const bytes = viewBytes(upload) ?? (await readBytes(upload, add, context.signal));
  if (!bytes)
    throw new TypeError(`'${property}' must be a File, Blob, Response, URL, stream or bytes, got ${shown(upload)}.`);
  const mediaType = sniffMediaType(bytes) || (headers?.get("content-type") ?? type) || "application/octet-stream";
  return { bytes, fileName: baseName(name ?? path ?? url) || defaultName(property, mediaType), mediaType };
}

function shown(value: unknown): string {
  if (typeof value !== "string") return value === null ? "null" : typeof value;
  return `${JSON.stringify(value.slice(0, 80))}: to send the file at a path, pass fs.createReadStream(path)`;
}

/** All bytes of an upload that is not in memory; undefined where it is none. */
async function readBytes(
  upload: unknown,
  add: (bytes: number) => void,
  signal: AbortSignal | null | undefined,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  let source = Object(upload) as Blob | Response | ReadableStream;
  if ("headers" in source) source = source.body ?? new Blob();
  if ("arrayBuffer" in source) return new Uint8Array(await source.arrayBuffer());
  if ("getReader" in source || Symbol.asyncIterator in source) return collectBytes(source, add, signal);
  return undefined;
}

function baseName(source: unknown): string {
  const path = String(source ?? "");
  const file = /^(https?|file):/i.test(path) ? decodeURI(new URL(path).pathname) : path;
  return file.split(/[/\\]/).at(-1)!;
}

function defaultName(property: string, mediaType: string): string {
  return mediaType.startsWith("image/") ? `${property}.${mediaType.slice(6)}` : property;
}
