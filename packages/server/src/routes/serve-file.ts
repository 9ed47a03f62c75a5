import { RequestError } from "../errors/request-error.ts";
import type { Reply } from "../response/reply.ts";
import { isFileId, type ByteRange } from "../stores/file-store.ts";
import type { Context } from "./context.ts";

/** GET /files/{id}: an image that a response named, while it lives. */
export async function serveFile({ request, id, services }: Context): Promise<Reply> {
  const { store, now } = services;
  const fileId = id.replace(/\.(png|jpg|webp)$/, "");
  const facts = isFileId(fileId) ? await store.stat(fileId) : undefined;
  const lifetime = (facts?.expiresAt ?? 0) - now();
  if (!facts || lifetime <= 0) {
    if (facts) await store.delete(fileId);
    throw gone();
  }
  const { size, mediaType } = facts;
  // The bytes behind an id never change, so the id names them.
  const etag = `"${fileId}"`;
  const headers = {
    etag,
    "accept-ranges": "bytes",
    "cache-control": `private, max-age=${Math.floor(lifetime / 1_000)}, immutable`,
    "content-type": mediaType,
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "cross-origin",
  };
  const { headers: asked } = request;
  if (matches(asked.get("if-none-match"), etag)) return { status: 304, headers, body: null };

  const rangeHolds = asked.get("if-range") === null || asked.get("if-range") === etag;
  const range = rangeHolds && request.method === "GET" ? parseRange(asked.get("range"), size) : undefined;
  if (range === "unsatisfiable") {
    throw new RequestError(`The range ${asked.get("range")} is not within the ${size} bytes of the file.`, {
      status: 416,
      headers: { "content-range": `bytes */${size}` },
    });
  }
  const length = range ? range.end - range.start + 1 : size;
  const reply = {
    status: range ? 206 : 200,
    headers: {
      ...headers,
      "content-length": String(length),
      ...(range && { "content-range": `bytes ${range.start}-${range.end}/${size}` }),
    },
  };
  if (request.method === "HEAD") return { ...reply, body: null };
  const body = await store.read(fileId, range);
  if (!body) throw gone();
  return { ...reply, body };
}

function gone(): RequestError {
  return new RequestError("No such file. An image can be fetched for a limited time after it was made.", {
    status: 404,
  });
}

function matches(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false;
  return ifNoneMatch.split(",").some((tag) => ["*", etag].includes(tag.trim().replace(/^W\//, "")));
}

/** One range, as RFC 9110 § 14.1.2 has it. Several at once, and what is not a range, are ignored, as it allows. */
function parseRange(header: string | null, size: number): ByteRange | "unsatisfiable" | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? "") ?? [];
  if (first === undefined || last === undefined || (first === "" && last === "")) return undefined;
  const range =
    first === ""
      ? { start: Math.max(0, size - Number(last)), end: size - 1 }
      : { start: Number(first), end: last === "" ? size - 1 : Math.min(Number(last), size - 1) };
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined;
  return range.start >= size || range.end < range.start ? "unsatisfiable" : range;
}
