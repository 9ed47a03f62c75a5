import { sendVariation } from "../request/send-variation.ts";
import { anySignal } from "../transport/any-signal.ts";
import { boundedChunks } from "../transport/bounded-chunks.ts";
import { APIUserAbortError } from "../errors/api-error.ts";
import { OpenAIError } from "../errors/openai-error.ts";
import { unexpectedResponse } from "../errors/unexpected-response.ts";
import type { ImageCreateVariationParams } from "../generated/schema.ts";
import type { ImageVariations } from "../image-variations.ts";
import type { ImagesResponse } from "../response/images-response.ts";
import { numbersOf } from "../options/client-options.ts";
import { checkImagesResponse } from "../response/check-images-response.ts";
import { operations } from "../generated/operations.ts";
import { withRequestID } from "../response/read-images-response.ts";
import { orAbort } from "../transport/or-abort.ts";
import type { RequestOptions } from "../options/request-options.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { holdStreams } from "../uploads/hold-streams.ts";
import { readFile } from "../uploads/read-file.ts";
import type { CreateBase64Decoder } from "./base64-decoder.ts";
import type { ImageFacts } from "./image-facts.ts";
import { openImage } from "./open-image.ts";
import { type ResponseEvent, type ImageEvent, scanResponse } from "./scan-response.ts";
import type { StreamedImage } from "./streamed-image.ts";
import { toReadableStream } from "../response/to-readable-stream.ts";
import type { VariationStream } from "./variation-stream.ts";

/**
 * Makes variations, and reads the response. Nothing is sent before the first image is asked for.
 *
 * @param createDecoder Makes the decoder of an image.
 * @param adapt Makes of the response the one whose chunks are read; each is read before the next is asked for.
 */
export function readVariation(
  client: ImageVariations,
  params: ImageCreateVariationParams,
  options: RequestOptions,
  createDecoder: CreateBase64Decoder,
  adapt?: (response: TransportResponse) => TransportResponse,
): VariationStream {
  holdStreams(params);
  const controller = new AbortController();
  const signal = anySignal([controller.signal, options.signal ?? controller.signal]);
  let response: TransportResponse;
  let events: AsyncGenerator<ResponseEvent, object, undefined> | undefined;
  /** The image whose picture the next events are of. */
  let current: ImageFacts | undefined;
  /** The promise of its picture, where somebody waits for it: the next image waits as well. */
  let whole: Promise<unknown> | undefined;
  let result: ImagesResponse | undefined;
  let failure: unknown;
  let maximumBytes = 0;

  /** What comes next in the response; undefined at its end. */
  async function nextEvent(): Promise<ResponseEvent | undefined> {
    if (failure) throw failure; // It was an image that met with it first.
    try {
      if (!events) {
        maximumBytes = numbersOf(client).maxResponseBytes;
        response = (await sendVariation(client, params, { ...options, signal })).exchange.response;
        const { maxima } = operations["POST /images/variations"]!;
        // What is no number, `NaN` among it, stands for the contract's limit.
        const maximumImages = Number((params as { n?: unknown }).n) || maxima["n"] || Infinity;
        events = scanResponse(adapt?.(response) ?? response, { maximumBytes, maximumImages });
      }
      const { done, value } = await events.next();
      if (!done) return value;
      const found = checkImagesResponse(response, value);
      for (const made of found.data ?? []) delete Object(made).b64_json;
      result = withRequestID(found, response);
    } catch (error) {
      throw (failure = error);
    }
    return undefined;
  }

  async function* readImages(): AsyncGenerator<StreamedImage, void, undefined> {
    try {
      for (let event; (event = await nextEvent()) !== undefined;) {
        // What is left of an image that nobody reads goes by undecoded.
        if (typeof event === "string") continue;
        current = event.facts;
        whole = undefined;
        yield toImage(event);
        await whole;
        current = undefined;
      }
    } finally {
      current = undefined;
      controller.abort();
      void events?.return({});
    }
  }

  function toImage({ facts, isInline }: ImageEvent): StreamedImage {
    const { index } = facts;
    let readers = 0;

    async function* decodeImage(): AsyncGenerator<Uint8Array, void, undefined> {
      readers++;
      const decode = createDecoder((position) =>
        unexpectedResponse(response, `Invalid base64 in image ${index} at position ${position}`),
      );
      for (let text = "begin"; text;) {
        if (current !== facts || readers > 1)
          throw failure ?? new OpenAIError(`Image ${index} has already been read or skipped.`);
        yield decode((text = (await nextEvent()) as string));
      }
    }

    async function* fetchImage(): AsyncGenerator<Uint8Array, void, undefined> {
      const rejectUrl = (url: unknown, why: string): Error => {
        const shown = typeof url === "string" ? url.slice(0, 200) : url && typeof url;
        return unexpectedResponse(response, `The 'url' of image ${index} is ${shown}, ${why}`);
      };
      const fetched = await orAbort(() => openImage({ client, options, url: facts.url, rejectUrl }), options.signal);
      yield* boundedChunks(fetched, maximumBytes);
    }

    const chunks = isInline ? decodeImage : fetchImage;
    return Object.assign(facts, {
      chunks,
      stream: () => toReadableStream(chunks()),
      bytes: () => {
        const bytes = readFile({ chunks });
        if (isInline) whole = bytes.catch(() => {});
        return bytes;
      },
    });
  }

  const images = readImages();
  return {
    [Symbol.asyncIterator]: () => images,
    async finalResponse() {
      while (!(await images.next()).done);
      if (result) return result;
      throw failure ?? new APIUserAbortError();
    },
  };
}
