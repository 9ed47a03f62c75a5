// What users of the official SDK write, in strict TypeScript: compiled and run by packed-packages.test.ts.
import fs from "node:fs";
import OpenAI, {
  APIError,
  createClient,
  type ImagesResponse,
  type ImageVariations,
  type RequestOptions,
  type Uploadable,
} from "@image-variations/client";
import type { paths } from "@image-variations/client/schema";
import { document } from "@image-variations/spec";
import { validateImageVariation } from "@image-variations/validation";
import { toErrorEnvelope } from "@image-variations/validation/error-envelope";

const client: ImageVariations = new OpenAI();
const image: Uploadable = fs.createReadStream("otter.png");
const params: OpenAI.ImageCreateVariationParams = {
  image,
  model: "dall-e-2",
  n: 1,
  response_format: null,
  size: "1024x1024",
};
const sameParams: OpenAI.Images.ImageCreateVariationParams = params;
const openModel: OpenAI.ImageModel | (string & {}) = "a model of tomorrow";
const options: RequestOptions = { timeout: 30_000, headers: { "x-program": "typed" } };

const imagesResponse = await client.images.createVariation(sameParams, options);
const namedResponse: OpenAI.ImagesResponse = imagesResponse;
const sameResponse: ImagesResponse = namedResponse;
const images: OpenAI.Image[] | undefined = sameResponse.data;
const usage: ImagesResponse.Usage | undefined = sameResponse.usage;
const details: ImagesResponse.Usage.OutputTokensDetails | undefined = usage?.output_tokens_details;

const {
  data,
  response,
  request_id: requestID,
} = await client.images.createVariation({ image: fs.createReadStream("otter.png"), model: openModel }).withResponse();
const created: number = data.created;

async function sendInvalid(): Promise<APIError | undefined> {
  try {
    await client.images.createVariation({
      image: new Blob([new Uint8Array(8)]),
      n: document.paths["/images/variations"] ? 0 : 1,
    });
    return undefined;
  } catch (error) {
    if (error instanceof OpenAI.APIError && error instanceof APIError) return error;
    throw error;
  }
}
const { status, code, param, type } = (await sendInvalid())!;

const { POST } = createClient();
const result = await POST("/images/variations", { body: { image: fs.createReadStream("otter.png"), n: 2 } });
const typed: number | undefined = result.data?.created;
// A gateway may respond with a page instead of the envelope.
const wrong: string | undefined = typeof result.error === "object" ? result.error.error.message : result.error;
type Body = NonNullable<paths["/images/variations"]["post"]["requestBody"]>["content"]["multipart/form-data"];
const body: Body = { image };

const verdict = await validateImageVariation({ image: new Uint8Array(8), n: 99 });
const envelope = verdict.valid ? undefined : toErrorEnvelope(verdict.issues);

console.log(
  JSON.stringify({
    created: [imagesResponse.created, created, typed],
    images: images?.length,
    tokens: details?.text_tokens ?? null,
    request: [response.status, requestID === imagesResponse._request_id],
    rejected: { status, code, param, type },
    unexpected: wrong ?? null,
    sent: Object.keys(body),
    envelope,
  }),
);

// These must not compile.
export async function wrongCalls(): Promise<void> {
  // @ts-expect-error -- the image is missing
  await client.images.createVariation({ n: 1 });
  // @ts-expect-error -- a path is not an image
  await client.images.createVariation({ image: "otter.png" });
  // @ts-expect-error -- not one of the sizes
  await client.images.createVariation({ image, size: "1x1" });
  // @ts-expect-error -- a number, not text
  await client.images.createVariation({ image, n: "2" });
  // @ts-expect-error -- no such parameter
  await client.images.createVariation({ image, prompt: "an otter" });
  // @ts-expect-error -- the user can't be null
  await client.images.createVariation({ image, user: null });
}
