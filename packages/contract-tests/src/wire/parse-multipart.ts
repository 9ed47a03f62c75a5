import { Busboy, type BusboyHeaders } from "@fastify/busboy";
import { buffer } from "node:stream/consumers";
import type { RecordedRequest } from "./record-requests.ts";

/** One part of a form, as an independent parser reads it. */
export type Part =
  | { readonly name: string; readonly text: string }
  | {
      readonly name: string;
      readonly fileName: string | undefined;
      readonly mediaType: string;
      readonly bytes: Buffer;
    };

/** Parses a recorded multipart request with @fastify/busboy. */
export async function parseMultipart({ headers, body }: RecordedRequest): Promise<Part[]> {
  const parts: (Part | Promise<Part>)[] = [];
  const parser = new Busboy({ headers: headers as BusboyHeaders });
  parser.on("field", (name, text) => parts.push({ name, text }));
  parser.on("file", (name, stream, fileName: string | undefined, _encoding, mediaType) => {
    parts.push(buffer(stream).then((bytes) => ({ name, fileName, mediaType, bytes })));
  });
  await new Promise((done, fail) =>
    parser
      .on("finish", () => done(undefined))
      .on("error", fail)
      .end(body),
  );
  return Promise.all(parts);
}

/** The unparsed header lines of each part, for details that a parser drops. */
export function partHeads({ headers, body }: RecordedRequest): string[] {
  const boundary = /boundary=(\S+)/.exec(headers["content-type"]!)![1]!;
  return body
    .toString("utf8")
    .split(`--${boundary}\r\n`)
    .slice(1)
    .map((part) => part.split("\r\n\r\n", 1)[0]!);
}
