import { APIUserAbortError } from "../errors/api-error.ts";
import { OpenAIError } from "../errors/openai-error.ts";
import { unexpectedResponse } from "../errors/unexpected-response.ts";
import type { ResolvedOptions } from "../options/runtime-options.ts";
import type { WithRequestID } from "../response/api-promise.ts";
import { checkSuccess } from "../response/check-success.ts";
import type { FileStream } from "../response/file-stream.ts";
import type { FileList } from "../response/response-facts.ts";
import type { StreamedFile } from "../response/streamed-file.ts";
import { toReadableStream } from "../response/to-readable-stream.ts";
import { withRequestID } from "../response/with-request-id.ts";
import { inputOf, type MethodCall, sendCall } from "../runtime/send-call.ts";
import { anySignal } from "../transport/any-signal.ts";
import { boundedChunks } from "../transport/bounded-chunks.ts";
import { orAbort } from "../transport/or-abort.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { readFile } from "../uploads/read-file.ts";
import type { CreateBase64Decoder } from "./base64-decoder.ts";
import { openImage } from "./open-image.ts";
import { type ResponseEvent, type ImageEvent, scanResponse } from "./scan-response.ts";
import type { ImageFacts } from "./streamed-image.ts";

/** How images are decoded. */
export interface ImageDecoding {
  /** Makes the decoder of an image's base64. */
  readonly createDecoder: CreateBase64Decoder;
  /** Makes of the response the one whose chunks are read; each is read before the next is asked for. */
  readonly adapt?: (response: TransportResponse) => TransportResponse;
}

/** What a stream of images is made of. */
interface ImageSource<Options extends ResolvedOptions> extends ImageDecoding {
  readonly call: MethodCall<Options>;
  /** The most images that the response may have. Default: as many as fit into what is kept of a response. */
  readonly maximumImages?: number;
}

/** Calls a method, and reads its response as it comes. Nothing is sent before the first image is asked for. */
export function readImages<Options extends ResolvedOptions>(
  source: ImageSource<Options>,
): FileStream<object, StreamedFile> {
  inputOf(source.call);
  return new ImageReader(source);
}

/** A response that is being read. */
interface Reading {
  readonly response: TransportResponse;
  readonly events: AsyncGenerator<ResponseEvent, object, undefined>;
  readonly files: FileList;
  readonly maximumBytes: number;
}

class ImageReader<Options extends ResolvedOptions> implements FileStream<object, StreamedFile> {
  readonly #source: ImageSource<Options>;
  readonly #controller = new AbortController();
  readonly #images = this.#readImages();
  #reading: Reading | undefined;
  /** The image that the next pieces of base64 belong to. */
  #current: ImageFacts | undefined;
  /** The bytes of that image, if `bytes()` was called: the next image waits for them. */
  #whole: Promise<unknown> | undefined;
  #result: WithRequestID<object> | undefined;
  #failure: unknown;

  constructor(source: ImageSource<Options>) {
    this.#source = source;
  }

  [Symbol.asyncIterator](): AsyncGenerator<StreamedFile, void, undefined> {
    return this.#images;
  }

  async finalResponse(): Promise<WithRequestID<object>> {
    while (!(await this.#images.next()).done);
    if (this.#result) return this.#result;
    throw this.#failure ?? new APIUserAbortError();
  }

  async *#readImages(): AsyncGenerator<StreamedFile, void, undefined> {
    try {
      for (let event; (event = await this.#nextEvent()) !== undefined;) {
        // What is left of an image that is not read goes by undecoded.
        if (typeof event === "string" || !this.#reading) continue;
        this.#current = event.facts;
        this.#whole = undefined;
        yield this.#toImage(event, this.#reading);
        await this.#whole;
        this.#current = undefined;
      }
    } finally {
      this.#current = undefined;
      this.#controller.abort();
      void this.#reading?.events.return({});
    }
  }

  /** What comes next in the response; undefined at its end. */
  async #nextEvent(): Promise<ResponseEvent | undefined> {
    if (this.#failure) throw this.#failure; // The reader of an image met it first.
    try {
      const { response, files, events } = (this.#reading ??= await this.#send());
      const { done, value } = await events.next();
      if (!done) return value;
      const found = checkSuccess(response, value, { kind: "object", files }) as Record<string, readonly unknown[]>;
      for (const image of found[files.list] ?? []) delete Object(image)[files.base64];
      this.#result = withRequestID(found, response);
    } catch (error) {
      throw (this.#failure = error);
    }
    return undefined;
  }

  async #send(): Promise<Reading> {
    const { call, adapt, maximumImages = Infinity } = this.#source;
    const { signal } = this.#controller;
    const { context, exchange } = await sendCall({
      ...call,
      options: { ...call.options, signal: anySignal([signal, call.options.signal ?? signal]) },
    });
    const { response } = exchange;
    const files = call.binding.contract.operations[call.name]?.response?.files;
    if (!files) throw new OpenAIError(`The contract has no images in base64 in the response of ${call.name}.`);
    const maximumBytes = context.maxResponseBytes;
    const events = scanResponse(adapt?.(response) ?? response, { files, maximumBytes, maximumImages });
    return { response, files, events, maximumBytes };
  }

  #toImage({ facts, isInline }: ImageEvent, reading: Reading): StreamedFile {
    // Of two readers, neither would get all the bytes.
    const use = { readers: 0 };
    const chunks = (): AsyncGenerator<Uint8Array, void, undefined> =>
      isInline ? this.#decodeImage(facts, reading, use) : this.#fetchImage(facts, reading);
    return Object.assign(facts, {
      chunks,
      stream: () => toReadableStream(chunks()),
      bytes: () => {
        const bytes = readFile({ chunks });
        if (isInline) this.#whole = bytes.catch(() => {});
        return bytes;
      },
    });
  }

  async *#decodeImage(
    facts: ImageFacts,
    { response }: Reading,
    use: { readers: number },
  ): AsyncGenerator<Uint8Array, void, undefined> {
    use.readers++;
    const { index } = facts;
    const decode = this.#source.createDecoder((position) =>
      unexpectedResponse(response, `Invalid base64 in image ${index} at position ${position}`),
    );
    for (let text = "begin"; text;) {
      if (this.#current !== facts || use.readers > 1)
        throw this.#failure ?? new OpenAIError(`Image ${index} has already been read or skipped.`);
      yield decode((text = (await this.#nextEvent()) as string));
    }
  }

  async *#fetchImage(
    { index, ...facts }: ImageFacts,
    { response, files, maximumBytes }: Reading,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const { client, options } = this.#source.call;
    const { url: property = "url" } = files;
    const url = facts[property];
    const rejectUrl = (wrong: unknown, why: string): Error => {
      const shown = typeof wrong === "string" ? wrong.slice(0, 200) : wrong && typeof wrong;
      return unexpectedResponse(response, `The '${property}' of image ${index} is ${shown}, ${why}`);
    };
    const image = await orAbort(() => openImage({ client, options, url, rejectUrl }), options.signal);
    yield* boundedChunks(image, maximumBytes);
  }
}
