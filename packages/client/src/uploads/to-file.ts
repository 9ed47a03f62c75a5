import { defaultTimeout } from "../options/runtime-options.ts";
import { holdStreams } from "./hold-streams.ts";
import { readUpload } from "./read-upload.ts";
import type { Uploadable } from "./uploadable.ts";

/**
 * Makes a `File` of anything that can be uploaded. A `File` for which nothing new is said is returned as it is.
 *
 * @param name What to call it. Default: what the source is called, else `unknown_file`.
 * @param options Its media type and time. Default: what its first bytes prove, else what the source says.
 * @throws TypeError if the value is not a file, UploadError if it can't be read or is empty.
 */
export async function toFile(
  value: Uploadable | PromiseLike<Uploadable>,
  name?: string | null,
  options?: ConstructorParameters<typeof File>[2],
): Promise<File> {
  const source = await value;
  holdStreams({ source });
  if (source instanceof File && (name ?? source.name) === source.name && !options) return source;
  const context = { timeout: defaultTimeout };
  const { bytes, fileName, mediaType } = await readUpload("unknown_file", source, undefined, context);
  return new File([bytes], name ?? fileName, { type: mediaType, ...options });
}
