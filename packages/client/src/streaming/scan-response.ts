import { boundedChunks } from "../transport/bounded-chunks.ts";
import { unexpectedResponse } from "../errors/unexpected-response.ts";
import { parseJson } from "../response/parse-json.ts";
import { GrowingBytes } from "../uploads/growing-bytes.ts";
import type { TransportResponse } from "../transport/transport.ts";
import type { ImageFacts } from "./image-facts.ts";

/**
 * What is found in a response: an image, as soon as its picture begins, or when it ends without one; then the text of
 * that picture, piece by piece, and an empty one where the image ends. By then all its facts are filled in.
 */
export type ResponseEvent = ImageEvent | string;

export interface ImageEvent {
  readonly facts: ImageFacts;
  /** Whether the response has the picture itself. */
  readonly isInline: boolean;
}

/** An image's end has to be looked for: this far at a time, however large the chunk. No piece of its text is longer. */
export const pieceLength = 32_768;

/** The most bytes that are kept of what is not an image's base64. A real response has a thousandth of it. */
const maximumKeptBytes = 1_048_576;

/** What a response may have at most. */
export interface ScanLimits {
  readonly maximumBytes: number;
  readonly maximumImages: number;
}

/**
 * Reads a response's JSON as it arrives. Only as much of the grammar is known here as it takes to find the images'
 * base64. What is left without it is kept as bytes, and goes to the runtime's own parser, which checks all the rest.
 *
 * @returns The response, with `null` for every `b64_json`.
 * @throws UnexpectedResponseError if it is not JSON, says twice what was handed on the first time, or has more images
 *   than that or more beside them than is kept.
 */
export async function* scanResponse(
  response: TransportResponse,
  { maximumBytes, maximumImages }: ScanLimits,
): AsyncGenerator<ResponseEvent, object, undefined> {
  const kept = new GrowingBytes();
  /** Where in them the image began, and the last name or text. */
  let imageStart = 0;
  let nameStart = 0;
  /** The name, in the response or in an image, whose value is being read. */
  let name = "";
  let depth = 0;
  let inString = false;
  let escaped = false;
  let inData = false;
  let dataSeen = false;
  let index = 0;
  let facts: ImageFacts = { index };
  let isInline = false;

  // One character for every byte: so a place in the text is a place in the bytes.
  const latin1 = new TextDecoder("latin1");
  let inBase64 = false;
  /** As much as has come of an escape at the end of the last piece. */
  let escape = "";

  const textFrom = (start: number): string => new TextDecoder().decode(kept.view().subarray(start));
  const parse = (json: string): object => parseJson(response, json, () => textFrom(0));
  const parseName = (json: string): string => Object.keys(parse(`{${json}:0}`))[0]!;
  const parseText = (json: string): string => (parse(`{"text":"${json}"}`) as { text: string }).text;
  const learnFacts = (end = ""): void => {
    ({ url: facts.url, revised_prompt: facts.revised_prompt } = parse(textFrom(imageStart) + end) as ImageFacts);
  };
  const reject = (message: string): never => {
    throw unexpectedResponse(response, message);
  };

  for await (const chunk of boundedChunks(response, maximumBytes)) {
    let at = 0;
    let next = 0;
    const keep = (end: number): void => {
      kept.append(chunk.subarray(next, end));
      next = end;
      if (kept.length > maximumKeptBytes) reject(`Response has more than ${maximumKeptBytes} bytes besides its images`);
    };

    while (at < chunk.length) {
      if (inBase64) {
        const bytes = chunk.subarray(at, at + pieceLength);
        const ahead = escape + latin1.decode(bytes);
        const end = endOfText(ahead);
        inBase64 = ahead[end] !== '"';
        const used = inBase64 ? bytes.length : end + 1 - escape.length;
        // An escape that is not all there waits for the rest.
        escape = inBase64 ? ahead.slice(end) : "";
        next = at += used;
        const piece = ahead.slice(0, end);
        if (piece) yield piece.includes("\\") ? parseText(piece) : piece;
        continue;
      }

      const byte = chunk[at];
      const inImage = depth === 3 && inData;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === 0x5c /* \ */) escaped = true;
        else if (byte === 0x22 /* " */) inString = false;
      } else if (byte === 0x22 /* " */) {
        inBase64 = inImage && name === "b64_json";
        inString = !inBase64;
        keep(at);
        nameStart = kept.length;
        if (inBase64) {
          next++;
          kept.append(nullBytes);
          learnFacts("}");
          isInline = true;
          yield { facts, isInline };
        }
      } else if (byte === 0x3a /* : */) {
        if (inImage || depth === 1) {
          keep(at);
          name = parseName(textFrom(nameStart));
          if (inImage ? isInline && name === "b64_json" : dataSeen && name === "data")
            reject(`Duplicate key '${name}' in the response`);
        }
      } else if (byte === 0x2c /* , */) {
        if (inImage) name = "";
        else if (depth === 2) index++;
      } else if (byte === 0x5b /* [ */ || byte === 0x7b /* { */) {
        depth++;
        if (depth === 2) {
          inData = byte === 0x5b && name === "data";
          dataSeen ||= inData;
          index = 0;
        } else if (depth === 3) {
          keep(at);
          imageStart = kept.length;
          name = "";
          facts = { index };
          isInline = false;
          if (inData && index >= maximumImages) reject(`Response has more than ${maximumImages} images`);
        }
      } else if (byte === 0x5d /* ] */ || byte === 0x7d /* } */) {
        if (inImage) {
          keep(at + 1);
          learnFacts();
          yield isInline ? "" : { facts, isInline };
        }
        depth--;
      }
      at++;
    }
    keep(chunk.length);
  }
  return parse(textFrom(0));
}

/** Where a text in JSON ends: at its quote, at an escape that is not all there, or at the end of what there is. */
function endOfText(json: string): number {
  const { length } = json;
  const start = json.search(/["\\]/);
  let at = start < 0 ? length : start;
  while (at < length && json[at] !== '"') {
    const step = json[at] !== "\\" ? 1 : json[at + 1] === "u" ? 6 : 2;
    if (at + step > length) break;
    at += step;
  }
  return at;
}

const nullBytes = new TextEncoder().encode("null");
