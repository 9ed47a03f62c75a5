import { inspectPngSync } from "@image-variations/validation";
import { readPngHeader } from "./png/read-png-header.ts";
import { mostImages } from "./probes.ts";
import { readBody } from "./read-body.ts";

/** An entry of a response's `data`, and what was seen of the image that it stands for. */
export interface ReceivedImage {
  readonly url: unknown;
  readonly base64: unknown;
  /** Such as `256x256`; undefined if the image could not be had, or is not a whole PNG. */
  readonly size: string | undefined;
}

export interface ReceivedImages {
  /** The number of entries in `data`; undefined if `data` is not an array. */
  readonly count: number | undefined;
  /** The entries, at most as many as the contract allows in one response. Those with a URL were fetched. */
  readonly images: readonly ReceivedImage[];
}

export interface DownloadLimits {
  /** The most time for one image, in milliseconds. */
  readonly timeout: number;
  /** The most bytes of one image. */
  readonly maxBodyBytes: number;
}

/** The images of a response, whatever was sent in their place. */
export async function imagesOf(body: unknown, limits: DownloadLimits): Promise<ReceivedImages> {
  const { data } = (typeof body === "object" && body !== null ? body : {}) as { data?: unknown };
  if (!Array.isArray(data)) return { count: undefined, images: [] };
  const entries = data.slice(0, mostImages) as ({ url?: unknown; b64_json?: unknown } | null)[];
  const images = entries.map(async (entry) => {
    const { url, b64_json: base64 } = entry ?? {};
    const bytes = typeof base64 === "string" ? Buffer.from(base64, "base64") : await download(url, limits);
    return { url, base64, size: bytes && sizeOf(bytes) };
  });
  return { count: data.length, images: await Promise.all(images) };
}

/** Whether a program on another machine can fetch it. */
export function isWebAddress(url: unknown): url is string {
  return typeof url === "string" && /^https?:$/.test(URL.parse(url)?.protocol ?? "");
}

async function download(url: unknown, { timeout, maxBodyBytes }: DownloadLimits): Promise<Buffer | undefined> {
  if (!isWebAddress(url)) return undefined;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
    if (response.ok) return Buffer.from(await readBody(response, maxBodyBytes));
    await response.body?.cancel();
    return undefined;
  } catch {
    return undefined;
  }
}

/** Width and height by a reader that is not ours, of a file that our validator finds whole. */
function sizeOf(bytes: Buffer): string | undefined {
  try {
    const { width, height } = readPngHeader(bytes);
    return inspectPngSync(bytes, { limits: {} }).valid ? `${width}x${height}` : undefined;
  } catch {
    return undefined;
  }
}
