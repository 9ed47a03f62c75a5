import { UploadError } from "../errors/upload-error.ts";
import { openUrl } from "./open-url.ts";
import type { UploadContext } from "./upload-context.ts";

/**
 * What an upload is read from: what is at a URL, or the value itself, waited for if it is a promise.
 *
 * @throws UploadError if there is nothing at the URL.
 */
export function openSource(property: string, value: unknown, context: UploadContext): unknown {
  // By what it is called, as a URL of another realm is not an instance of this realm's class.
  if (Object.prototype.toString.call(value) !== "[object URL]") return value;
  return openUrl(new URL(String(value)), context).catch(unreadable(property));
}

/** Says of an upload that it can't be read, and why; what is said so already stays. */
export function unreadable(property: string): (error: unknown) => never {
  return (error) => {
    if (error instanceof UploadError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new UploadError(`'${property}' can't be read: ${reason}`, { cause: error });
  };
}
