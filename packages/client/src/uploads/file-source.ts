// What counts as a file, and how its bytes are read: decided by what a value can do, not by the class that made it.

/** A file that is open for reading, whatever its bytes come in. */
export interface OpenFile {
  /** All of it, if it is in memory. Not a copy. */
  readonly bytes?: Uint8Array<ArrayBuffer> | undefined;
  /** The number of bytes, if the source knows it. */
  readonly size?: number | undefined;
  /** Why it cannot be read, if that is known before reading: it has been read, or is being read. */
  readonly unreadable?: string | undefined;
  /** Whether there is one chunk, which the file does not change later. */
  readonly isWhole?: boolean | undefined;
  /** Starts reading. Each chunk is bytes, text, a Blob, or a promise of one. */
  chunks(): FileChunks;
  /** Ends the reading even if the source is stuck. */
  close?(): void;
}

/** The chunks of a file, in order. */
export interface FileChunks {
  next(): PromiseLike<IteratorResult<unknown>> | IteratorResult<unknown>;
  return?(reason?: unknown): unknown;
}

interface Anything {
  // oxlint-disable-next-line typescript/no-explicit-any -- every property of every library's objects
  readonly [name: PropertyKey]: any;
}

/** The bytes of a buffer or of a view on one, from any realm, not copied; undefined if a value is neither. */
export function viewBytes(value: unknown): Uint8Array<ArrayBuffer> | undefined {
  // A buffer of another realm is not an instance of this realm's class.
  const isBuffer = (): boolean => /^\[object (Shared)?ArrayBuffer\]$/.test(Object.prototype.toString.call(value));
  if (!ArrayBuffer.isView(value) && !isBuffer()) return undefined;
  const { buffer = value, byteOffset, byteLength } = value as Uint8Array;
  try {
    return new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength);
  } catch {
    // It was transferred, and has no bytes any more.
    return new Uint8Array();
  }
}

/** Opens a value for reading, without reading; undefined if it holds no file. A `URL` has to be fetched first. */
export function openFile(value: unknown): OpenFile | undefined {
  const bytes = viewBytes(value);
  if (bytes) return { bytes, size: bytes.length, chunks: () => [bytes].values() };
  const source = Object(value) as Anything;
  const can = (name: PropertyKey, of = source): boolean => typeof of[name] === "function";
  // A page that says "not found" is not an image, nor is a whole form; and form-data's forms look like old streams.
  if (source["ok"] === false || /^multipart\//i.test(`${mediaTypeOf(value)}`) || can("getBoundary")) return undefined;

  const stream = can("arrayBuffer") && source["body"] ? (source["body"] as Anything) : source;
  const isStream = can("getReader", stream) || can(Symbol.asyncIterator, stream);
  const read = isStream ? undefined : ["arrayBuffer", "blob", "bytes"].find((name) => can(name));
  const chunks = isStream
    ? () => streamChunks(stream)
    : read
      ? () => [source[read]()].values()
      : can("stream")
        ? () => streamChunks(source["stream"]())
        : can("pipe") && source["readable"]
          ? () => oldStreamChunks(source)
          : undefined;
  if (!chunks) return undefined;
  const unreadable =
    source["bodyUsed"] || stream["locked"] || stream["readableDidRead"] || (stream["destroyed"] && !stream["errored"])
      ? "it has already been read, and can be read only once"
      : stream["readableEncoding"]
        ? `its stream has the encoding ${stream["readableEncoding"]}, which damages bytes: open it without`
        : undefined;
  const size = can("slice") && typeof source["size"] === "number" ? source["size"] : undefined;
  return { size, unreadable, isWhole: Boolean(read), chunks, close: () => stream["destroy"]?.() };
}

/** By its reader if it has one, because Safari can't iterate over streams. */
function streamChunks(stream: Anything): FileChunks {
  const reader = stream["getReader"]?.() as ReadableStreamDefaultReader<unknown> | undefined;
  if (!reader) return stream[Symbol.asyncIterator]() as FileChunks;
  return { next: () => reader.read() as Promise<IteratorResult<unknown>>, return: (reason) => reader.cancel(reason) };
}

/** A stream from before Node's streams were iterable, such as those of `request`. */
function oldStreamChunks(source: Anything): FileChunks {
  const { process } = globalThis as unknown as { process: Anything };
  const stream = new (process["getBuiltinModule"]("node:stream").PassThrough)();
  source["on"]("error", (error: unknown) => stream.destroy(error));
  source["pipe"](stream);
  return stream[Symbol.asyncIterator]();
}

/** What a value says its file is called, without folders; undefined if it doesn't say. Never throws for what it says. */
export function fileNameOf(value: unknown): string | undefined {
  const { name, filename, url, path } = Object(value) as Anything;
  const given = [filename, name].find((text) => typeof text === "string" && text) as string | undefined;
  return baseName(given ?? (url ? pathOf(String(url)) : path ? String(path) : undefined));
}

/** The decoded path of a URL that may have a file's name. If it can't be decoded, it stays as it is. */
function pathOf(url: string): string | undefined {
  const { protocol, pathname } = URL.parse(url) ?? {};
  const last = /^(https?|file):$/.test(`${protocol}`) ? baseName(pathname) : "";
  try {
    return last && decodeURIComponent(last);
  } catch {
    return last;
  }
}

function baseName(path: string | undefined): string | undefined {
  return path?.split(/[/\\]/).at(-1) || undefined;
}

/** The media type that a value says it has; undefined if it doesn't say. */
export function mediaTypeOf(value: unknown): string | undefined {
  const { headers, type } = Object(value) as Anything;
  const said = [headers?.get?.("content-type"), headers?.["content-type"], type];
  return said.find((text) => typeof text === "string" && text.includes("/"));
}

/** Where libraries put a file in the objects that they hand out, the surest place first. */
const places =
  "filepath tempFilePath buffer data body Body file files blob stream readableStreamBody path b64_json url uri src 0 toBuffer createReadStream getBuffer convertToBlob toBlob get";

/**
 * The code that gets the file out of a value that is not one: out of text, or of what a library hands out.
 *
 * @param code What the value is called in code.
 */
export function fileWithin(code: string, value: unknown, depth = 3): string | undefined {
  if (typeof value === "string") {
    if (/^(https?|data|blob):/i.test(value)) return `await fetch(${code})`;
    if (/^file:/i.test(value)) return `new URL(${code})`;
    const isBase64 = /^(iVBORw0KGgo|\/9j\/|UklGR|[\w+/-]{200})/.test(value);
    return isBase64 ? `Buffer.from(${code}, "base64")` : `fs.createReadStream(${code})`;
  }
  if (depth < 3 && openFile(value)) return code;
  // What a server sent in place of a file is not the file either.
  if (!depth || typeof value !== "object" || !value || (value as Anything)["ok"] === false) return undefined;
  for (const place of places.split(" ")) {
    const held = (value as Anything)[place] as unknown;
    const inner = place === "0" ? `${code}[0]` : `${code}.${place}`;
    if (typeof held !== "function") {
      const found = held ? fileWithin(inner, held, depth - 1) : undefined;
      if (found) return found;
    } else if (!Array.isArray(value)) {
      return place === "get" ? `${code}.get(name)` : `await ${inner}()`;
    }
  }
  return undefined;
}
