import { APIConnectionError } from "../errors/api-error.ts";
import type { Fetch } from "../transport/fetch-transport.ts";
import type { UploadContext } from "./upload-context.ts";

/** The part of `node:fs` that is used where there is one. */
interface FileSystem {
  createReadStream(path: URL): AsyncIterable<Uint8Array>;
}

/**
 * What is at a URL. It is fetched without the API key and the client's headers; a file is opened.
 *
 * @throws APIConnectionError where there is nothing to be had.
 */
export async function openUrl(
  property: string,
  url: URL,
  { fetch, signal }: UploadContext,
): Promise<Response | AsyncIterable<Uint8Array>> {
  if (url.protocol === "file:") {
    // Not an import, which bundlers for browsers would stumble over. Where there is no Node, `fetch` may know files.
    const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
    const files = process?.getBuiltinModule?.("node:fs") as FileSystem | undefined;
    if (files) return files.createReadStream(url);
  }
  const send = fetch ?? (globalThis.fetch as Fetch);
  let cause: unknown;
  try {
    const response = await send(url.href, { signal: signal ?? null });
    if (response.ok) return response;
    cause = response.status;
  } catch (error) {
    cause = error;
  }
  throw new APIConnectionError({ message: `'${property}' can't be fetched from ${url.href}: ${String(cause)}`, cause });
}
