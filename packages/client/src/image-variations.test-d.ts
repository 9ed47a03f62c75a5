import type { ReadStream } from "node:fs";
import type Official from "openai";
import type { ClientOptions as OfficialOptions } from "openai";
import { describe, expectTypeOf, it } from "vitest";
import OpenAI, {
  type FetchOptions,
  type Image,
  type ImageCreateVariationParams,
  type ImageModel,
  type ImagesResponse,
  type RequestOptions,
  type Uploadable,
  createClient,
} from "./index.ts";

const client = new OpenAI({ apiKey: "key" });
declare const image: Uploadable;

describe("the parameters", () => {
  it("need an image and nothing else", () => {
    expectTypeOf(client.images.createVariation).toBeCallableWith({ image });
    // @ts-expect-error -- `image` is missing
    void client.images.createVariation({});
  });

  it("take null only if the contract does", () => {
    expectTypeOf(client.images.createVariation).toBeCallableWith({
      image,
      model: null,
      n: null,
      response_format: null,
      size: null,
    });
    // @ts-expect-error -- the user is text
    void client.images.createVariation({ image, user: null });
    // @ts-expect-error -- `image` is required
    void client.images.createVariation({ image: null });
  });

  it("take any model, and only the sizes and formats of the contract", () => {
    expectTypeOf<"a-model-of-ours">().toExtend<NonNullable<ImageCreateVariationParams["model"]>>();
    expectTypeOf<"dall-e-2">().toExtend<ImageModel>();
    // Were it `string`, editors would suggest no model.
    expectTypeOf<ImageCreateVariationParams["model"]>().not.toEqualTypeOf<string | null | undefined>();
    // @ts-expect-error -- no such size
    void client.images.createVariation({ image, size: "1x1" });
    // @ts-expect-error -- no such format
    void client.images.createVariation({ image, response_format: "xml" });
    // @ts-expect-error -- a number is not text
    void client.images.createVariation({ image, n: "2" });
    // @ts-expect-error -- no such parameter
    void client.images.createVariation({ image, quality: "high" });
  });

  it("take every kind of upload, and no path", () => {
    expectTypeOf<ReadStream>().toExtend<Uploadable>();
    expectTypeOf<File | Blob | Response | Buffer | ArrayBuffer | ReadableStream<Uint8Array>>().toExtend<Uploadable>();
    expectTypeOf<string>().not.toExtend<Uploadable>();
  });
});

describe("the response", () => {
  it("has only one field that is always there", () => {
    expectTypeOf(client.images.createVariation({ image })).resolves.toExtend<ImagesResponse>();
    expectTypeOf<ImagesResponse["created"]>().toEqualTypeOf<number>();
    expectTypeOf<ImagesResponse["size"]>().toExtend<`${number}x${number}` | undefined>();
    expectTypeOf<Image["b64_json"]>().toEqualTypeOf<string | undefined>();
    expectTypeOf<OpenAI.Images.ImagesResponse.Usage.InputTokensDetails>().toEqualTypeOf<{
      image_tokens: number;
      text_tokens: number;
    }>();
  });
});

describe("the official SDK's types", () => {
  it("describe the same parameters", () => {
    // Which values are listed is the contract's to say; `pnpm spec:upstream` compares them.
    type Compared = Exclude<
      keyof Official.ImageCreateVariationParams & keyof ImageCreateVariationParams,
      "image" | "model"
    >;
    type Unlisted<Params> = {
      [Name in keyof Params]: Params[Name] extends infer Value ? (Value extends string ? string : Value) : never;
    };
    expectTypeOf<Unlisted<Pick<OpenAI.ImageCreateVariationParams, Compared>>>().toEqualTypeOf<
      Unlisted<Pick<Official.ImageCreateVariationParams, Compared>>
    >();
    expectTypeOf<Official.ImageCreateVariationParams["model"]>().toExtend<ImageCreateVariationParams["model"]>();
    expectTypeOf<Official.ImageCreateVariationParams["image"] & Blob>().toExtend<Uploadable>();
  });

  it("take our responses wherever theirs went", () => {
    expectTypeOf<OpenAI.ImagesResponse>().toExtend<Official.ImagesResponse>();
    expectTypeOf<OpenAI.Image>().toExtend<Official.Image>();
  });

  it("have the same names", () => {
    expectTypeOf<OpenAI.RequestOptions>().toEqualTypeOf<RequestOptions>();
    expectTypeOf<OpenAI.Images.ImageCreateVariationParams>().toEqualTypeOf<ImageCreateVariationParams>();
    expectTypeOf<InstanceType<typeof OpenAI.RateLimitError>["status"]>().toEqualTypeOf<429>();
  });
});

describe("options", () => {
  it("take what runtimes and gateways need", () => {
    expectTypeOf<{ fetchOptions: { dispatcher: object } }>().toExtend<OpenAI.ClientOptions>();
    expectTypeOf<{ fetchOptions: { client: object; cache: "no-store" } }>().toExtend<RequestOptions>();
    expectTypeOf<{ query: { a: number; b: string[] } }>().toExtend<RequestOptions>();
    expectTypeOf<{ headers: { "x-a": string[]; "x-b": null } }>().toExtend<RequestOptions>();
    expectTypeOf<{ headers: [string, string][] }>().toExtend<RequestOptions>();
    expectTypeOf<{ headers: string[][] }>().toExtend<RequestOptions>();
    expectTypeOf<HeadersInit>().toExtend<NonNullable<RequestOptions["headers"]>>();
    expectTypeOf(OpenAI.DEFAULT_TIMEOUT).toEqualTypeOf<number>();
    expectTypeOf<{ headers: number }>().not.toExtend<RequestOptions>();
    expectTypeOf<{ fetchOptions: { body: string } }>().not.toExtend<{ fetchOptions: Required<FetchOptions> }>();
  });

  it("are what the official SDK's options are, as far as they are supported", () => {
    type Common =
      | "apiKey"
      | "organization"
      | "project"
      | "baseURL"
      | "timeout"
      | "maxRetries"
      | "defaultHeaders"
      | "defaultQuery"
      | "dangerouslyAllowBrowser"
      | "logLevel";
    expectTypeOf<Omit<Pick<OfficialOptions, Common>, "defaultHeaders">>().toExtend<OpenAI.ClientOptions>();
    expectTypeOf<
      Pick<Official.RequestOptions, "query" | "maxRetries" | "timeout" | "signal" | "idempotencyKey">
    >().toExtend<RequestOptions>();
  });
});

describe("createClient", () => {
  it("narrows by the error", async () => {
    const { data, error } = await createClient().POST("/images/variations", { body: { image } });
    if (error) expectTypeOf(error.error.message).toEqualTypeOf<string>();
    else expectTypeOf(data.created).toEqualTypeOf<number>();
  });

  it("knows the paths of the contract and what they take", () => {
    const http = createClient();
    expectTypeOf(http.POST("/images/variations", { body: { image } })).resolves.toHaveProperty("data");
    // @ts-expect-error -- no such path
    void http.POST("/images/generations", { body: { image } });
    // @ts-expect-error -- no such size
    void http.POST("/images/variations", { body: { image, size: "1x1" } });
  });
});
