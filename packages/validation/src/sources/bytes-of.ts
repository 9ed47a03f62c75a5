import { ImageReadError } from "./image-read-error.ts";

/**
 * The bytes of a buffer or of a view on one; undefined for any other value.
 *
 * @throws ImageReadError if the buffer has been transferred.
 */
export function bytesOf(value: unknown): Uint8Array | undefined {
  if (!isBytes(value)) return undefined;
  try {
    return ArrayBuffer.isView(value)
      ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      : new Uint8Array(value);
  } catch (cause) {
    const message = "The image could not be read: its buffer has been transferred and is empty.";
    throw new ImageReadError(message, { cause });
  }
}

/** Whether a value is a buffer or a view on one, of any realm. */
export function isBytes(value: unknown): value is ArrayBuffer | ArrayBufferView {
  if (ArrayBuffer.isView(value)) return true;
  try {
    // It throws for anything else.
    Reflect.get(ArrayBuffer.prototype, "byteLength", value);
    return true;
  } catch {
    return false;
  }
}
