import { requestLine } from "../errors/request-line.ts";
import { createUploadTransport } from "../transport/create-transport.ts";
import type { FileChunks } from "./file-source.ts";
import type { UploadContext } from "./upload-context.ts";

/** What is at a URL, as far as an upload needs it. */
interface FetchedFile {
  readonly url: string;
  readonly headers?: { get(name: string): string | null | undefined };
  [Symbol.asyncIterator](): FileChunks;
}

/** The part of `node:fs` that is used on Node. */
interface FileSystem {
  createReadStream(path: URL): FetchedFile;
}

/** Opens what is at a URL: it is fetched, without the API key and the client's headers; a file is opened. */
export async function openUrl(url: URL, context: UploadContext): Promise<FetchedFile> {
  if (url.protocol === "file:") {
    // Not an import, which bundlers for browsers would stumble over. Without Node, `fetch` may know files.
    const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } };
    const files = process?.getBuiltinModule?.("node:fs") as FileSystem | undefined;
    if (files) return files.createReadStream(url);
  }
  const request = {
    method: "GET",
    url: url.href,
    headers: new Map<string, string>(),
    signal: context.signal,
    credentials: "omit",
  } as const;
  const response = await createUploadTransport(context)(request);
  if (response.status < 300) {
    return {
      url: url.href,
      headers: response.headers,
      [Symbol.asyncIterator]: () => response.chunks()[Symbol.asyncIterator](),
    };
  }
  response.discard();
  throw new Error(`${requestLine(request)} responded with status ${response.status}`);
}
