import { readPngHeader } from "../wire/read-png-header.ts";

/** A picture of an answer, as far as it could be had. */
export interface AnsweredPicture {
  readonly url: unknown;
  readonly base64: unknown;
  /** Such as `256x256`; undefined where the picture could not be had, or is no PNG. */
  readonly size: string | undefined;
}

/** The pictures of an answer, whatever came in place of one. Those with a URL are fetched. */
export async function picturesOf(body: unknown, timeout: number): Promise<AnsweredPicture[]> {
  const { data } = (typeof body === "object" && body !== null ? body : {}) as { data?: unknown };
  const items = (Array.isArray(data) ? data : []) as ({ url?: unknown; b64_json?: unknown } | null)[];
  return Promise.all(
    items.map(async (item) => {
      const { url, b64_json: base64 } = item ?? {};
      const bytes = typeof base64 === "string" ? Buffer.from(base64, "base64") : await download(url, timeout);
      return { url, base64, size: bytes && sizeOf(bytes) };
    }),
  );
}

/** Whether a program on another machine can fetch it. */
export function isWebAddress(url: unknown): url is string {
  return typeof url === "string" && /^https?:$/.test(URL.parse(url)?.protocol ?? "");
}

async function download(url: unknown, timeout: number): Promise<Buffer | undefined> {
  if (!isWebAddress(url)) return undefined;
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeout) });
    return response.ok ? Buffer.from(await response.arrayBuffer()) : undefined;
  } catch {
    return undefined;
  }
}

function sizeOf(bytes: Buffer): string | undefined {
  try {
    const { width, height } = readPngHeader(bytes);
    return `${width}x${height}`;
  } catch {
    return undefined;
  }
}
