import { UploadError } from "../errors/upload-error.ts";
import { fileNameOf, fileWithin, mediaTypeOf, openFile } from "./file-source.ts";
import { openSource, unreadable } from "./open-source.ts";
import { readFile } from "./read-file.ts";
import type { UploadContext } from "./upload-context.ts";
import type { UploadFacts } from "./upload-facts.ts";

const signatures = [
  ["image/png", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ["image/jpeg", [0xff, 0xd8, 0xff]],
] as const;

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
 * @throws TypeError if the value is not a file, naming what to pass instead.
 * @throws UploadError if it can't be read, is empty, or is too large: before it is read, if it tells its size.
 */
export async function readUpload(
  property: string,
  value: unknown,
  facts: UploadFacts | undefined,
  context: UploadContext,
): Promise<Upload> {
  const fail = (what: string): UploadError => new UploadError(`'${property}' ${what}.`);
  const limit = context.maxUploadBytes ?? facts?.exclusiveMaximumBytes ?? Infinity;
  const checkSize = (size: number): void => {
    if (size >= limit) throw fail(`must have fewer than ${limit} bytes, got ${size}`);
  };

  const source = await openSource(property, value, context);
  const file = openFile(source);
  if (!file) throw new TypeError(notAFile(property, value));
  if (file.unreadable) throw fail(`can't be read: ${file.unreadable}`);
  checkSize(file.size ?? 0);
  // No copy of what is in memory: the caller makes one if needed.
  const bytes = file.bytes ?? (await readFile(file, checkSize, context.signal).catch(unreadable(property)));
  if (!bytes.length) throw fail("is empty, or has already been read");
  const mediaType = sniffMediaType(bytes) ?? mediaTypeOf(source) ?? "application/octet-stream";
  return { bytes, fileName: fileNameOf(source) ?? defaultName(property, mediaType), mediaType };
}

function notAFile(property: string, value: unknown): string {
  const { status } = Object(value) as Partial<Response>;
  const text = typeof value === "string" && JSON.stringify(value.slice(0, 80));
  const got = text || (value === null ? "null" : typeof value);
  const fix = fileWithin(property, value);
  return `'${property}' must be a File, Blob, Response, URL, stream or bytes, got ${got}${status ? ` with status ${status}` : ""}${fix ? `: pass ${fix}` : ""}.`;
}

function defaultName(property: string, mediaType: string): string {
  return mediaType.startsWith("image/") ? `${property}.${mediaType.slice(6)}` : property;
}

/** The media type that a file's first bytes prove, or undefined. */
function sniffMediaType(bytes: Uint8Array): string | undefined {
  return signatures.find(([, signature]) => signature.every((byte, index) => byte === bytes[index]))?.[0];
}
