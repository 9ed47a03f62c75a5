import { boundedChunks } from "../transport/bounded-chunks.ts";
import { unexpectedResponse } from "../errors/unexpected-response.ts";
import { parseJson } from "../response/parse-json.ts";
import type { FileList } from "../response/response-facts.ts";
import { GrowingBytes } from "../uploads/growing-bytes.ts";
import type { TransportResponse } from "../transport/transport.ts";
import type { ImageFacts } from "./streamed-image.ts";

/**
 * What is found in a response: an image, as soon as its base64 begins, or when it ends without any; then the base64, piece
 * by piece, and an empty piece when the image ends. By then all its facts are filled in.
 */
export type ResponseEvent = ImageEvent | string;

export interface ImageEvent {
  readonly facts: ImageFacts;
  /** Whether the response has the image itself, in base64. */
  readonly isInline: boolean;
}

/** The end of a base64 text has to be looked for: this far at a time, however large the chunk. No piece is longer. */
export const pieceLength = 32_768;

/** The most bytes that are kept of what is not an image's base64. A real response has a thousandth of it. */
const maximumKeptBytes = 1_048_576;

/** Where a response has its images, and what it may have at most. */
export interface ScanOptions {
  readonly files: FileList;
  readonly maximumBytes: number;
  readonly maximumImages: number;
}

/**
 * Reads a response's JSON as it arrives.
 *
 * @returns The response, with `null` for every base64.
 * @throws UnexpectedResponseError if it is not JSON, has a key twice whose first value was handed on already, or exceeds
 *   a limit.
 */
export async function* scanResponse(
  response: TransportResponse,
  options: ScanOptions,
): AsyncGenerator<ResponseEvent, object, undefined> {
  const scanner = new ResponseScanner(response, options);
  for await (const chunk of boundedChunks(response, options.maximumBytes)) {
    for (const event of scanner.scan(chunk)) yield event;
  }
  return scanner.end();
}

/**
 * A state machine over the bytes of the JSON. It knows only as much of the grammar as it takes to find the images' base64.
 * The rest is kept as bytes, and goes to the runtime's own parser, which checks everything else.
 */
class ResponseScanner {
  readonly #response: TransportResponse;
  readonly #files: FileList;
  readonly #maximumImages: number;

  /** The chunk that is being read, the next byte in it, and the first that is not kept yet. */
  #chunk: Uint8Array = new Uint8Array();
  #at = 0;
  #next = 0;
  readonly #kept = new GrowingBytes();

  /** Where the image began in the kept bytes, and the last key or text. */
  #imageStart = 0;
  #keyStart = 0;
  /** The key, in the response or in an image, whose value is being read. */
  #key = "";
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #inData = false;
  #dataSeen = false;
  #index = 0;
  #facts: ImageFacts = { index: 0 };
  #isInline = false;

  // One character for every byte: so a place in the text is a place in the bytes.
  readonly #latin1 = new TextDecoder("latin1");
  #inBase64 = false;
  /** As much as has come of an escape at the end of the last piece. */
  #escape = "";

  constructor(response: TransportResponse, { files, maximumImages }: ScanOptions) {
    this.#response = response;
    this.#files = files;
    this.#maximumImages = maximumImages;
  }

  *scan(chunk: Uint8Array): Generator<ResponseEvent, void, undefined> {
    this.#chunk = chunk;
    this.#at = this.#next = 0;
    while (this.#at < chunk.length) {
      const event = this.#inBase64 ? this.#readBase64() : this.#readByte(chunk[this.#at]);
      if (event !== undefined) yield event;
    }
    this.#keep(chunk.length);
  }

  /** The whole response. */
  end(): object {
    return this.#parse(this.#keptText(0));
  }

  get #inImage(): boolean {
    return this.#depth === 3 && this.#inData;
  }

  #readBase64(): string | undefined {
    const bytes = this.#chunk.subarray(this.#at, this.#at + pieceLength);
    const ahead = this.#escape + this.#latin1.decode(bytes);
    const end = endOfText(ahead);
    this.#inBase64 = ahead[end] !== '"';
    this.#at += this.#inBase64 ? bytes.length : end + 1 - this.#escape.length;
    this.#next = this.#at;
    // An escape that is not all there waits for the rest.
    this.#escape = this.#inBase64 ? ahead.slice(end) : "";
    const piece = ahead.slice(0, end);
    if (!piece.includes("\\")) return piece || undefined;
    return (this.#parse(`{"text":"${piece}"}`) as { text: string }).text;
  }

  #readByte(byte: number | undefined): ResponseEvent | undefined {
    this.#at++;
    if (this.#inString) return this.#readStringByte(byte);
    switch (byte) {
      case 0x22 /* " */:
        return this.#beginString();
      case 0x3a /* : */:
        return this.#endKey();
      case 0x2c /* , */:
        if (this.#inImage) this.#key = "";
        else if (this.#depth === 2) this.#index++;
        return undefined;
      case 0x5b /* [ */:
      case 0x7b /* { */:
        return this.#open(byte === 0x5b);
      case 0x5d /* ] */:
      case 0x7d /* } */:
        return this.#close();
      default:
        return undefined;
    }
  }

  #readStringByte(byte: number | undefined): undefined {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === 0x5c /* \ */) this.#isEscaped = true;
    else if (byte === 0x22 /* " */) this.#inString = false;
  }

  #beginString(): ImageEvent | undefined {
    this.#inBase64 = this.#inImage && this.#key === this.#files.base64;
    this.#inString = !this.#inBase64;
    this.#keep(this.#at - 1);
    this.#keyStart = this.#kept.length;
    if (this.#inString) return undefined;
    this.#next++;
    this.#kept.append(new TextEncoder().encode("null"));
    this.#learnFacts("}");
    this.#isInline = true;
    return { facts: this.#facts, isInline: true };
  }

  #endKey(): undefined {
    if (!this.#inImage && this.#depth !== 1) return;
    this.#keep(this.#at - 1);
    const [key = ""] = Object.keys(this.#parse(`{${this.#keptText(this.#keyStart)}:0}`));
    this.#key = key;
    const { base64, list } = this.#files;
    if (this.#inImage ? this.#isInline && key === base64 : this.#dataSeen && key === list)
      this.#reject(`Duplicate key '${key}' in the response`);
  }

  #open(isList: boolean): undefined {
    this.#depth++;
    if (this.#depth === 2) {
      this.#inData = isList && this.#key === this.#files.list;
      this.#dataSeen ||= this.#inData;
      this.#index = 0;
    } else if (this.#depth === 3) {
      this.#keep(this.#at - 1);
      this.#imageStart = this.#kept.length;
      this.#key = "";
      this.#facts = { index: this.#index };
      this.#isInline = false;
      if (this.#inData && this.#index >= this.#maximumImages)
        this.#reject(`Response has more than ${this.#maximumImages} images`);
    }
  }

  #close(): ResponseEvent | undefined {
    const isEndOfImage = this.#inImage;
    if (isEndOfImage) {
      this.#keep(this.#at);
      this.#learnFacts();
    }
    this.#depth--;
    if (!isEndOfImage) return undefined;
    return this.#isInline ? "" : { facts: this.#facts, isInline: false };
  }

  #keep(end: number): void {
    this.#kept.append(this.#chunk.subarray(this.#next, end));
    this.#next = end;
    if (this.#kept.length > maximumKeptBytes)
      this.#reject(`Response has more than ${maximumKeptBytes} bytes besides its images`);
  }

  #learnFacts(end = ""): void {
    const item = this.#parse(this.#keptText(this.#imageStart) + end) as Readonly<Record<string, unknown>>;
    for (const name of this.#files.facts) this.#facts[name] = item[name];
  }

  #keptText(start: number): string {
    return new TextDecoder().decode(this.#kept.view().subarray(start));
  }

  #parse(json: string): object {
    return parseJson(this.#response, json, { quoted: () => this.#keptText(0) }) as object;
  }

  #reject(message: string): never {
    throw unexpectedResponse(this.#response, message);
  }
}

/** The end of a text in JSON: its quote, an escape that is not all there, or the end of what has come. */
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
