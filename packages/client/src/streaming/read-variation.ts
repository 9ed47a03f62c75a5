import { APIUserAbortError } from "../errors/api-error.ts";
import { OpenAIError } from "../errors/openai-error.ts";
import { unexpectedResponse } from "../errors/unexpected-response.ts";
import { operations } from "../generated/operations.ts";
import type { ImageCreateVariationParams } from "../generated/schema.ts";
import type { ResolvedOptions } from "../options/client-options.ts";
import type { RequestOptions } from "../options/request-options.ts";
import { sendVariation } from "../request/send-variation.ts";
import type { WithRequestID } from "../response/api-promise.ts";
import { checkImagesResponse } from "../response/check-images-response.ts";
import type { ImagesResponse } from "../response/images-response.ts";
import { withRequestID } from "../response/read-images-response.ts";
import { toReadableStream } from "../response/to-readable-stream.ts";
import { anySignal } from "../transport/any-signal.ts";
import { boundedChunks } from "../transport/bounded-chunks.ts";
import { orAbort } from "../transport/or-abort.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { holdStreams } from "../uploads/hold-streams.ts";
import { readFile } from "../uploads/read-file.ts";
import type { CreateBase64Decoder } from "./base64-decoder.ts";
import { openImage } from "./open-image.ts";
import { type ResponseEvent, type ImageEvent, scanResponse } from "./scan-response.ts";
import type { ImageFacts, StreamedImage } from "./streamed-image.ts";
import type { VariationStream } from "./variation-stream.ts";

/** What a stream of variations is made of. */
interface VariationSource {
  readonly client: ResolvedOptions;
  readonly params: ImageCreateVariationParams;
  readonly options: RequestOptions;
  /** Makes the decoder of an image's base64. */
  readonly createDecoder: CreateBase64Decoder;
  /** Makes of the response the one whose chunks are read; each is read before the next is asked for. */
  readonly adapt?: (response: TransportResponse) => TransportResponse;
}

/** Makes variations, and reads the response. Nothing is sent before the first image is asked for. */
export function readVariation(source: VariationSource): VariationStream {
  holdStreams(source.params);
  return new VariationReader(source);
}

/** A response that is being read. */
interface Reading {
  readonly response: TransportResponse;
  readonly events: AsyncGenerator<ResponseEvent, object, undefined>;
  readonly maximumBytes: number;
}

class VariationReader implements VariationStream {
  readonly #source: VariationSource;
  readonly #controller = new AbortController();
  readonly #images = this.#readImages();
  #reading: Reading | undefined;
  /** The image that the next pieces of base64 belong to. */
  #current: ImageFacts | undefined;
  /** The bytes of that image, if `bytes()` was called: the next image waits for them. */
  #whole: Promise<unknown> | undefined;
  #result: WithRequestID<ImagesResponse> | undefined;
  #failure: unknown;

  constructor(source: VariationSource) {
    this.#source = source;
  }

  [Symbol.asyncIterator](): AsyncGenerator<StreamedImage, void, undefined> {
    return this.#images;
  }

  async finalResponse(): Promise<WithRequestID<ImagesResponse>> {
    while (!(await this.#images.next()).done);
    if (this.#result) return this.#result;
    throw this.#failure ?? new APIUserAbortError();
  }

  async *#readImages(): AsyncGenerator<StreamedImage, void, undefined> {
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
      const { response, events } = (this.#reading ??= await this.#send());
      const { done, value } = await events.next();
      if (!done) return value;
      const found = checkImagesResponse(response, value);
      for (const image of found.data ?? []) delete Object(image).b64_json;
      this.#result = withRequestID(found, response);
    } catch (error) {
      throw (this.#failure = error);
    }
    return undefined;
  }

  async #send(): Promise<Reading> {
    const { client, params, options, adapt } = this.#source;
    const { signal } = this.#controller;
    const { context, exchange } = await sendVariation(client, params, {
      ...options,
      signal: anySignal([signal, options.signal ?? signal]),
    });
    const { response } = exchange;
    const maximumBytes = context.maxResponseBytes;
    // What is not a number, `NaN` included, stands for the contract's limit.
    const maximumImages =
      Number((params as { n?: unknown }).n) || operations["POST /images/variations"]?.maxima["n"] || Infinity;
    const events = scanResponse(adapt?.(response) ?? response, { maximumBytes, maximumImages });
    return { response, events, maximumBytes };
  }

  #toImage({ facts, isInline }: ImageEvent, reading: Reading): StreamedImage {
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
    { index, url }: ImageFacts,
    { response, maximumBytes }: Reading,
  ): AsyncGenerator<Uint8Array, void, undefined> {
    const { client, options } = this.#source;
    const rejectUrl = (wrong: unknown, why: string): Error => {
      const shown = typeof wrong === "string" ? wrong.slice(0, 200) : wrong && typeof wrong;
      return unexpectedResponse(response, `The 'url' of image ${index} is ${shown}, ${why}`);
    };
    const image = await orAbort(() => openImage({ client, options, url, rejectUrl }), options.signal);
    yield* boundedChunks(image, maximumBytes);
  }
}
