import type { BackendImage } from "@image-variations/backends";

import { encodeBase64 } from "./encode-base64.ts";
import { jsonReply, toJson, type Reply } from "./reply.ts";
import type { Image, ImagesResponse } from "./schema.ts";

/** What is said of the images beside the images. */
export interface ImagesFacts {
  /** Seconds since 1970. */
  readonly created: number;
  readonly n: number;
}

/** An image that has an address. */
export interface StoredImage {
  readonly image: Image;
  readonly mediaType: string;
}

/** Images as addresses: the response is complete or an error. */
export function urlReply({ created }: ImagesFacts, images: readonly StoredImage[]): Reply {
  const data = images.map(({ image }) => image);
  return jsonReply(200, { created, data, ...outputFormat(images[0]!.mediaType) } satisfies ImagesResponse);
}

/**
 * Images as base64, each sent as soon as it is done. The status is decided by the first one: if that fails, this
 * rejects, and if a later one does, the body breaks off, so that nobody takes fewer images for all of them.
 */
export async function base64Reply(
  facts: ImagesFacts,
  images: AsyncGenerator<BackendImage, void, undefined>,
): Promise<Reply> {
  const first = await images.next();
  if (first.done) throw new RangeError("There are no images to respond with.");
  if (facts.n === 1) {
    const { created } = facts;
    // Waits for the end, as the backend may still fail.
    await images.next();
    return jsonReply(200, { created, data: [toImage(first.value)], ...outputFormat(first.value.mediaType) });
  }
  const sent = Promise.withResolvers<void>();
  sent.promise.catch(() => {});
  const encoder = new TextEncoder();
  let cancelled = false;
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    // Nothing waits for the client: the images are at most `n`, and the backend is free for the next request sooner.
    async start(controller) {
      const send = (text: string): void => {
        if (!cancelled) controller.enqueue(encoder.encode(text));
      };
      try {
        send(`{\n  "created": ${facts.created},\n  "data": [\n${layImage(first.value)}`);
        for await (const image of images) send(`,\n${layImage(image)}`);
        const rest = toJson(outputFormat(first.value.mediaType)).slice(1);
        send(rest.startsWith("}") ? `\n  ]\n${rest}` : `\n  ],${rest}`);
        if (!cancelled) controller.close();
        sent.resolve();
      } catch (error) {
        if (!cancelled) controller.error(error);
        sent.reject(error);
      }
    },
    cancel(reason) {
      cancelled = true;
      sent.reject(reason);
      void images.return().catch(() => {});
    },
  });
  return { status: 200, headers: { "content-type": "application/json" }, body, sent: sent.promise };
}

/** The contract's `output_format`; left out for PNG, as the recorded responses leave it out. */
function outputFormat(mediaType: string): Partial<Pick<ImagesResponse, "output_format">> {
  return mediaType === "image/png" ? {} : { output_format: mediaType.slice("image/".length) as "jpeg" | "webp" };
}

function toImage({ bytes, revisedPrompt }: BackendImage): Image {
  return { b64_json: encodeBase64(bytes), ...(revisedPrompt !== undefined && { revised_prompt: revisedPrompt }) };
}

/** An image as an item of `data`. */
function layImage(image: BackendImage): string {
  const { b64_json, revised_prompt } = toImage(image);
  const prompt = revised_prompt === undefined ? "" : `,\n      "revised_prompt": ${JSON.stringify(revised_prompt)}`;
  // Base64 has nothing to escape, and JSON.stringify would look for it in megabytes.
  return `    {\n      "b64_json": "${b64_json}"${prompt}\n    }`;
}
