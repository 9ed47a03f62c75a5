import { ImageReadError } from "./image-read-error.ts";

/**
 * The bytes of a buffer or of a view on one; undefined if a value is neither.
 *
 * @throws ImageReadError if they are gone.
 */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (!isBytes(value)) return undefined;
  try {
    return ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value);
  } catch (cause) {
    const message = "The image could not be read: its buffer has been transferred, and has no bytes any more.";
    throw new ImageReadError(message, { cause });
  }
}

/** Whether a value is a buffer or a view on one, of whichever realm. */
export function isBytes(value: unknown): value is ArrayBuffer | ArrayBufferView {
  if (ArrayBuffer.isView(value)) return true;
  try {
    // It throws for all but the real thing.
    Reflect.get(ArrayBuffer.prototype, "byteLength", value);
    return true;
  } catch {
    return false;
  }
}
