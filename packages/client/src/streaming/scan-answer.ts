import { boundedChunks } from "../bounded-chunks.ts";
import { unexpectedResponse } from "../errors/unexpected-response.ts";
import { parseJson } from "../parse-json.ts";
import type { TransportAnswer } from "../transport/transport.ts";
import type { ImageFacts } from "./image-facts.ts";

/**
 * What is found in an answer: an image, as soon as its picture begins, or when it ends without one; then the text of
 * that picture, piece by piece, and an empty one where the image ends. By then all its facts are filled in.
 */
export type AnswerEvent = ImageEvent | string;

export interface ImageEvent {
  readonly facts: ImageFacts;
  /** Whether the answer has the picture itself. */
  readonly hasPicture: boolean;
}

/** A picture's end has to be looked for: this far at a time, however large the chunk. No piece of its text is longer. */
export const pieceLength = 32_768;

/**
 * Reads an answer's JSON as it arrives. Only as much of the grammar is known here as it takes to find the pictures.
 * What is left without them is small, and goes to the runtime's own parser, which judges all the rest.
 *
 * @returns The answer, with `null` for every picture.
 * @throws UnexpectedResponseError where it is no JSON, or says twice what was handed on the first time.
 */
export async function* scanAnswer(
  answer: TransportAnswer,
  maximumBytes: number,
  signal: AbortSignal,
): AsyncGenerator<AnswerEvent, object, undefined> {
  const decoder = new TextDecoder();
  let text = "";
  /** The end of `text`: from the brace that opened the image, and from the quote that opened the last name. */
  let imageText = "";
  let nameText = "";
  /** The name, in the answer or in an image, whose value is being read. */
  let name = "";
  let depth = 0;
  let inString = false;
  let escaped = false;
  let inData = false;
  let dataSeen = false;
  let index = 0;
  let facts: ImageFacts = { index };
  let hasPicture = false;

  // One character for every byte: so a place in the text is a place in the bytes.
  const pictureDecoder = new TextDecoder("latin1");
  let inPicture = false;
  /** As much as has come of an escape within the picture. */
  let escape = "";

  const parseString = (json: string): string => Object.keys(parseJson(answer, `{${json}:0}`, text))[0]!;
  const learnFacts = (json: string): void => {
    ({ url: facts.url, revised_prompt: facts.revised_prompt } = parseJson(answer, json, text) as ImageFacts);
  };

  for await (const chunk of boundedChunks(answer, maximumBytes, signal)) {
    let at = 0;
    let kept = 0;
    const keep = (end: number, more = ""): void => {
      const part = decoder.decode(chunk.subarray(kept, end), { stream: true }) + more;
      kept = end;
      text += part;
      imageText += part;
      nameText += part;
    };

    while (at < chunk.length) {
      if (inPicture) {
        const ahead = pictureDecoder.decode(chunk.subarray(at, at + pieceLength));
        let piece = "";
        let place = 0;
        while (inPicture && place < ahead.length) {
          if (escape) {
            escape += ahead[place++]!;
            if (escape[1] === "u" && escape.length < 6) continue;
            piece += parseString(`"${escape}"`);
            escape = "";
          } else {
            const [plain] = ahead.slice(place).split(/["\\]/, 1) as [string];
            const stop = ahead[(place += plain.length)];
            piece += plain;
            if (stop) place++;
            if (stop === "\\") escape = stop;
            inPicture = stop !== '"';
          }
        }
        kept = at += place;
        if (piece) yield piece;
        continue;
      }

      const byte = chunk[at];
      const inImage = depth === 3 && inData;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === 0x5c /* \ */) escaped = true;
        else if (byte === 0x22 /* " */) inString = false;
      } else if (byte === 0x22 /* " */) {
        inPicture = inImage && name === "b64_json";
        inString = !inPicture;
        keep(at, inPicture ? "null" : "");
        nameText = "";
        if (inPicture) {
          kept++;
          learnFacts(`${imageText}}`);
          hasPicture = true;
          yield { facts, hasPicture };
        }
      } else if (byte === 0x3a /* : */) {
        if (inImage || depth === 1) {
          keep(at);
          name = parseString(nameText);
          if (inImage ? hasPicture && name === "b64_json" : dataSeen && name === "data") {
            throw unexpectedResponse(answer, `Found '${name}' twice.`);
          }
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
          imageText = name = "";
          facts = { index };
          hasPicture = false;
        }
      } else if (byte === 0x5d /* ] */ || byte === 0x7d /* } */) {
        if (inImage) {
          keep(at + 1);
          learnFacts(imageText);
          yield hasPicture ? "" : { facts, hasPicture };
        }
        depth--;
      }
      at++;
    }
    keep(chunk.length);
  }
  return parseJson(answer, text + decoder.decode());
}
