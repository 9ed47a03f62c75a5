import type { BackendImage, VariationRequest } from "../backend.ts";
import { platformCodec } from "../codec/platform-codec.ts";
import type { ImageCodec } from "../codec/image-codec.ts";
import { progressReporter } from "./report-progress.ts";
import { finishImage } from "./square-image.ts";

/** What the images of one request have in common on their way from a target to our caller. */
export interface Delivery {
  readonly request: VariationRequest;
  readonly codec: ImageCodec;
  /** The target, as the beginning of a sentence. */
  readonly label: string;
  readonly report: ReturnType<typeof progressReporter>;
}

/** An image as a target returned it. */
export type TargetImage = Pick<BackendImage, "bytes" | "revisedPrompt" | "usage">;

/** Begins the delivery of a request's images. The codec is the platform's unless there is another. */
export async function beginDelivery(
  request: VariationRequest,
  { codec, label }: { readonly codec: ImageCodec | undefined; readonly label: string },
): Promise<Delivery> {
  return { request, label, codec: codec ?? (await platformCodec()), report: progressReporter(request.onProgress) };
}

/**
 * Makes of each image the PNG that our caller asked for, and reports it as done.
 *
 * @param made How many images of the request were delivered before.
 * @throws BackendError if an image cannot be decoded, the signal's reason if our caller left.
 */
export async function* deliverImages(
  images: AsyncIterable<TargetImage>,
  { request: { n, size, signal }, codec, label, report }: Delivery,
  made: number,
): AsyncGenerator<BackendImage, void, undefined> {
  let index = made;
  for await (const image of images) {
    const bytes = await finishImage(image.bytes, { size, codec, label });
    signal?.throwIfAborted();
    report({ index, done: (index + 1) / n });
    index += 1;
    yield { ...image, bytes, mediaType: "image/png" };
  }
}
