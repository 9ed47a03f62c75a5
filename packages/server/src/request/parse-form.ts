import { parseMultipart } from "@remix-run/multipart-parser";
import { multipartNotParsed, unsupportedContentType } from "../errors/wire-errors.ts";

/** One part of a form. */
export interface FormPart {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Without parameters, in lower case; undefined if the part does not say it. */
  readonly mediaType: string | undefined;
}

/** More than the contract has parameters, so that unknown ones are rejected by their name. */
const maxParts = 64;
const maxHeaderSize = 8_192;

/**
 * The boundary of a multipart/form-data body.
 *
 * @throws RequestError if a body of this content type is not accepted.
 */
export function boundaryOf(contentType: string | null): string {
  const [mediaType = "", ...parameters] = (contentType ?? "").split(";");
  if (mediaType.trim().toLowerCase() !== "multipart/form-data") throw unsupportedContentType(contentType ?? "");
  // RFC 2046 § 5.1.1 allows spaces, colons and more in a boundary that is quoted.
  const [, quoted, plain] = /(?:^|;)\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(parameters.join(";")) ?? [];
  const boundary = quoted ?? plain ?? "";
  // The parser searches for ASCII alone, and throws a RangeError for anything else.
  if (!/^[\x20-\x7e]{0,69}[\x21-\x7e]$/.test(boundary)) throw multipartNotParsed();
  return boundary;
}

/**
 * Takes a multipart/form-data body apart. The parts' bytes are views of the body.
 *
 * @throws RequestError for a body that is not one.
 */
export function parseForm(body: Uint8Array<ArrayBuffer>, boundary: string): FormPart[] {
  // A preamble of one line end is common and allowed; the parser wants the boundary first.
  const hasLineEndFirst = body[0] === 0x0d && body[1] === 0x0a;
  const message = hasLineEndFirst ? body.subarray(2) : body;
  if (message.length === 0) return [];
  const size = message.length;
  try {
    const parts = parseMultipart(message, { boundary, maxParts, maxHeaderSize, maxFileSize: size, maxTotalSize: size });
    return Array.from(parts, (part) => {
      const { name, mediaType, content } = part;
      if (name === undefined) throw new TypeError("A part has no name.");
      // In one buffer a part has one chunk; `bytes` would copy it.
      const bytes = (content.length === 1 ? content[0] : part.bytes) as Uint8Array<ArrayBuffer>;
      return { name, bytes, mediaType: mediaType?.toLowerCase() };
    });
  } catch (cause) {
    // The parser throws TypeErrors, too: for headers that are not UTF-8, for example.
    throw multipartNotParsed(cause);
  }
}
