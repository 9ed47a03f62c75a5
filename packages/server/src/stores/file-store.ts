/** A file that clients can fetch for a while. */
export interface StoredFile {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly mediaType: string;
  /** When it is gone, in milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What is known of a file without reading it. */
export interface StoredFileFacts {
  /** In bytes. */
  readonly size: number;
  readonly mediaType: string;
  readonly expiresAt: number;
}

/** The bytes `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Where images that are asked for as URLs are kept until they expire. An id has 43 letters, digits, `-` and `_`. Anyone who
 * knows it may read the file, and it cannot be guessed. Expired files are not served, whether the store still has them or not.
 */
export interface FileStore {
  /** Stores a file, or replaces it. */
  put(id: string, file: StoredFile): Promise<void>;
  /** Undefined if there is no such file. */
  stat(id: string): Promise<StoredFileFacts | undefined>;
  /** The bytes of a file, or of a part of it. Undefined if there is no such file. */
  read(
    id: string,
    range?: ByteRange,
  ): Promise<Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | undefined>;
  /** A URL by which clients fetch a file from the store itself. @default the server's own `/files/…` */
  urlOf?(id: string, expiresAt: number): Promise<string>;
  /** Removes a file, if it is there. */
  delete(id: string): Promise<void>;
  /** Rejects with the reason if files cannot be stored now. */
  checkReady?(signal?: AbortSignal): Promise<void>;
  /** Frees what the store holds: timers, connections. */
  close?(): Promise<void>;
}

const idPattern = /^[\w-]{43}$/;

/** Whether a text has the form of an id. Nothing else may become a path or a key. */
export function isFileId(id: string): boolean {
  return idPattern.test(id);
}

/** An id that cannot be guessed: 256 bits. */
export function createFileId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace("=", "");
}
