import type { BackendImage } from "@image-variations/backends";
import { addUsage } from "./add-usage.ts";
import { encodeBase64 } from "./encode-base64.ts";
import { jsonReply, toJson, type Reply } from "./reply.ts";
import type { Image, ImagesResponse } from "./schema.ts";
import { streamTexts } from "./stream-texts.ts";
import type { RequestScope } from "../work/request-scope.ts";

/** What is said of the images beside the images. */
export interface ImagesFacts {
  /** Seconds since 1970. */
  readonly created: number;
  readonly n: number;
}

/** An image that has an address. */
export interface StoredImage extends Described {
  readonly image: Image;
}

/** What an image tells of itself beside its bytes. */
type Described = Pick<BackendImage, "mediaType" | "usage">;

/** Images as addresses: the response is complete or an error. */
export function urlReply({ created }: ImagesFacts, images: readonly StoredImage[]): Reply {
  const data = images.map(({ image }) => image);
  return jsonReply(200, { created, data, ...describe(images) } satisfies ImagesResponse);
}

/**
 * Images as base64, each sent as soon as it is done. The status is decided by the first one: if that fails, this
 * rejects, and if a later one does, the body breaks off, so that fewer images are never taken for all of them.
 */
export async function base64Reply(
  facts: ImagesFacts,
  images: AsyncGenerator<BackendImage, void, undefined>,
  scope: RequestScope,
): Promise<Reply> {
  const first = await images.next();
  if (first.done) throw new RangeError("There are no images to respond with.");
  const texts = layImages(facts, first.value, images);
  const headers = { "content-type": "application/json" };
  if (facts.n > 1) return { status: 200, headers, ...streamTexts(texts, scope) };
  // There is nothing to wait for but the end of the backend, which may still fail.
  let body = "";
  for await (const text of texts) body += text;
  return { status: 200, headers, body };
}

/** The response piece by piece: valid JSON at its end, with an image in every piece but the last. */
async function* layImages(
  { created }: ImagesFacts,
  first: BackendImage,
  others: AsyncIterable<BackendImage>,
): AsyncGenerator<string, void, undefined> {
  const described: Described[] = [first];
  yield `{\n  "created": ${created},\n  "data": [\n${layImage(first)}`;
  for await (const image of others) {
    // Without the bytes, which are free to go.
    described.push({ mediaType: image.mediaType, ...(image.usage && { usage: image.usage }) });
    yield `,\n${layImage(image)}`;
  }
  const rest = toJson(describe(described)).slice(1);
  yield rest.startsWith("}") ? `\n  ]\n${rest}` : `\n  ],${rest}`;
}

/** What follows the images. `output_format` is left out for PNG, as the recorded responses leave it out. */
function describe(images: readonly Described[]): Partial<Pick<ImagesResponse, "output_format" | "usage">> {
  const [format = "png"] = images.map(({ mediaType }) => mediaType.slice("image/".length) as "png" | "jpeg" | "webp");
  const usage = images.map((image) => image.usage).reduce(addUsage, undefined);
  return { ...(format !== "png" && { output_format: format }), ...(usage && { usage }) };
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
