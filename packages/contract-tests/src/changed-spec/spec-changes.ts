import { expect } from "vitest";
import { makePng } from "image-variations/conformance";
import { fieldsOf, firstExampleOf, parametersOf, type EditableSpec } from "./editable-spec.ts";

/** A change of the spec, and what must follow from it with no other edit. */
export interface SpecChange {
  readonly what: string;
  readonly edit: (spec: EditableSpec) => void;
  /** TypeScript that compiles after the change, and not before. */
  readonly compiles: string;
  /** TypeScript that does not compile after the change, and the error that the compiler reports. */
  readonly rejected: { readonly code: string; readonly message: RegExp };
  /** Calls, each with the verdict of the validator, and the response if it is sent. */
  readonly calls: readonly Call[];
}

/** One call of a changed package. */
export interface Call {
  /** An operation that the change adds: its path, and the name of its parameter table. */
  readonly operation?: { readonly path: string; readonly table: string };
  /** Beside the image, unless it is among them. */
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What our validator says is wrong; absent if it accepts the call. */
  readonly issue?: RegExp;
  /** The parts on the wire, texts with their values. Not compared if absent. */
  readonly parts?: readonly (readonly [name: string, text: string | undefined])[];
  /** Headers that ask the mock for one of its responses. */
  readonly prefer?: string;
  /** The response's status, or the message of the client's own error, if it sends nothing. */
  readonly response: number | RegExp;
  /** Fields that the result, or the error, must have. */
  readonly result?: object;
}

const image = ["image", undefined] as const;
const megabytes = 2 ** 20;
const square = makePng({ width: 8, height: 8 });
const oblong = makePng({ width: 12, height: 8 });
const edits = { path: "/images/edits", table: "createImageEdit" } as const;

/** The kinds of changes that must need no other edit. */
export const specChanges: readonly SpecChange[] = [
  {
    what: "n's maximum is lowered",
    edit: (spec) => (parametersOf(spec).properties["n"]!.maximum = 4),
    compiles: `export const most: 4 = document.components.schemas.ImageCreateVariationParams.properties.n.maximum;`,
    rejected: {
      code: `export const most: 10 = document.components.schemas.ImageCreateVariationParams.properties.n.maximum;`,
      message: /Type '4' is not assignable to type '10'/,
    },
    calls: [
      { parameters: { n: 4 }, parts: [image, ["n", "4"]], response: 200 },
      { parameters: { n: 5 }, issue: /^n\b.*\b4\b/, response: 422 },
    ],
  },
  {
    what: "n's maximum is raised",
    edit: (spec) => (parametersOf(spec).properties["n"]!.maximum = 20),
    compiles: `export const most: 20 = document.components.schemas.ImageCreateVariationParams.properties.n.maximum;`,
    rejected: {
      code: `export const most: 10 = document.components.schemas.ImageCreateVariationParams.properties.n.maximum;`,
      message: /Type '20' is not assignable to type '10'/,
    },
    calls: [
      { parameters: { n: 20 }, parts: [image, ["n", "20"]], response: 200 },
      { parameters: { n: 21 }, issue: /^n\b.*\b20\b/, response: 422 },
    ],
  },
  {
    what: "a size is added",
    edit: (spec) => parametersOf(spec).properties["size"]!.enum!.push("2048x2048"),
    compiles: `await client.images.createVariation({ image, size: "2048x2048" });`,
    rejected: { code: `await client.images.createVariation({ image, size: "4096x4096" });`, message: /"4096x4096"/ },
    calls: [
      { parameters: { size: "2048x2048" }, parts: [image, ["size", "2048x2048"]], response: 200 },
      { parameters: { size: "4096x4096" }, issue: /^size\b.*2048x2048/, response: 422 },
    ],
  },
  {
    what: "a size is removed",
    edit: (spec) => {
      const size = parametersOf(spec).properties["size"]!;
      size.enum = size.enum!.filter((value) => value !== "256x256");
    },
    compiles: `export const size: "512x512" | "1024x1024" | null | undefined = parameters.size;`,
    rejected: { code: `await client.images.createVariation({ image, size: "256x256" });`, message: /"256x256"/ },
    calls: [
      { parameters: { size: "512x512" }, response: 200 },
      { parameters: { size: "256x256" }, issue: /^size\b.*512x512 or 1024x1024.*256x256/, response: 422 },
    ],
  },
  {
    what: "there is a new optional parameter",
    edit: (spec) => {
      parametersOf(spec).properties["seed"] = {
        type: "integer",
        description: "Makes variations repeatable.",
        minimum: 0,
      };
    },
    compiles: `await client.images.createVariation({ image, seed: 5 }); await client.images.createVariation({ image });`,
    rejected: {
      code: `await client.images.createVariation({ image, seed: "5" });`,
      message: /not assignable to type 'number'/,
    },
    calls: [
      { parameters: { seed: 5 }, parts: [image, ["seed", "5"]], response: 200 },
      { parameters: {}, parts: [image], response: 200 },
      { parameters: { seed: -1 }, issue: /^seed\b.*\b0\b/, response: 422 },
    ],
  },
  {
    what: "there is a new required parameter",
    edit: (spec) => {
      const { properties, required } = parametersOf(spec);
      properties["prompt"] = { type: "string", description: "What to make.", minLength: 1 };
      required.push("prompt");
    },
    compiles: `await client.images.createVariation({ image, prompt: "An otter" });`,
    rejected: { code: `await client.images.createVariation({ image });`, message: /Property 'prompt' is missing/ },
    calls: [
      { parameters: { prompt: "An otter" }, parts: [image, ["prompt", "An otter"]], response: 200 },
      { parameters: {}, issue: /^prompt\b.*text/, response: 422 },
    ],
  },
  {
    what: "a parameter is renamed",
    edit: (spec) => {
      const parameters = parametersOf(spec);
      parameters.properties = renamed(parameters.properties, "n", "count");
    },
    compiles: `await client.images.createVariation({ image, count: 2 });`,
    rejected: { code: `await client.images.createVariation({ image, n: 2 });`, message: /'n' does not exist in type/ },
    calls: [
      { parameters: { count: 2 }, parts: [image, ["count", "2"]], response: 200 },
      { parameters: { count: 11 }, issue: /^count\b.*\b10\b/, response: 422 },
    ],
  },
  {
    what: "the image is renamed",
    edit: (spec) => {
      const parameters = parametersOf(spec);
      parameters.properties = renamed(parameters.properties, "image", "input");
      parameters.required = ["input"];
    },
    compiles: `await client.images.createVariation({ input: image });`,
    rejected: { code: `await client.images.createVariation({ image });`, message: /'image' does not exist in type/ },
    calls: [
      { parameters: { image: undefined, input: square }, parts: [["input", undefined]], response: 200 },
      { parameters: { image: undefined }, issue: /^input\b.*an image/, response: 422 },
      {
        parameters: { image: undefined, input: oblong },
        issue: /^input\b.*12.8/,
        response: 200, // the mock reads no image
      },
    ],
  },
  {
    what: "a parameter is removed",
    edit: (spec) => {
      delete parametersOf(spec).properties["user"];
    },
    compiles: `export const names: Record<keyof typeof parameters, 0> = { image: 0, model: 0, n: 0, response_format: 0, size: 0 };`,
    rejected: {
      code: `await client.images.createVariation({ image, user: "u" });`,
      message: /'user' does not exist in type/,
    },
    calls: [{ parameters: { user: "u" }, issue: /^Unknown parameter: user\.$/, response: 200 }],
  },
  {
    what: "the set of models changes",
    edit: (spec) => (spec.components.schemas["ImageModel"]!.enum = ["dall-e-2", "otter-1"]),
    compiles: `export const model: ImageModel = "otter-1";`,
    rejected: { code: `export const model: ImageModel = "dall-e-3";`, message: /"dall-e-3"/ },
    calls: [
      { parameters: { model: "otter-1" }, parts: [image, ["model", "otter-1"]], response: 200 },
      { parameters: { model: "any other" }, response: 200 },
    ],
  },
  {
    what: "an image may have fewer bytes",
    edit: (spec) => {
      const limits = parametersOf(spec).properties["image"]!["x-image-limits"]!;
      limits.exclusiveMaximumBytes = 2 * megabytes;
      delete limits.warningFromBytes;
    },
    compiles: `export const limit: 2097152 = document.components.schemas.ImageCreateVariationParams.properties.image["x-image-limits"].exclusiveMaximumBytes;`,
    rejected: {
      code: `export const limit: 4194304 = document.components.schemas.ImageCreateVariationParams.properties.image["x-image-limits"].exclusiveMaximumBytes;`,
      message: /Type '2097152' is not assignable/,
    },
    calls: [
      {
        parameters: { image: makePng({ width: 8, height: 8, byteLength: 2 * megabytes }) },
        issue: /^image\b.*2097152/,
        response: /fewer than 2097152 bytes/,
      },
    ],
  },
  {
    what: "an image need not be square",
    edit: (spec) => (parametersOf(spec).properties["image"]!["x-image-limits"]!.square = false),
    compiles: `export const square: false = document.components.schemas.ImageCreateVariationParams.properties.image["x-image-limits"].square;`,
    rejected: {
      code: `export const square: true = document.components.schemas.ImageCreateVariationParams.properties.image["x-image-limits"].square;`,
      message: /Type 'false' is not assignable/,
    },
    calls: [{ parameters: { image: oblong }, parts: [image], response: 200 }],
  },
  {
    what: "the response has a new field",
    edit: (spec) => {
      fieldsOf(spec).properties["seed"] = { type: "integer", description: "The seed that was used." };
      firstExampleOf(spec)["seed"] = 7;
    },
    compiles: `export const seed: number | undefined = response.seed;`,
    rejected: {
      code: `export const seed: string = response.seed;`,
      message: /'number \| undefined' is not assignable/,
    },
    calls: [{ parameters: {}, response: 200, result: { seed: 7 } }],
  },
  {
    what: "the response has lost a field",
    edit: (spec) => {
      delete fieldsOf(spec).properties["quality"];
    },
    compiles: `export const fields: Record<keyof ImagesResponse, 0> = { created: 0, background: 0, data: 0, output_format: 0, size: 0, usage: 0 };`,
    rejected: { code: `export const quality = response.quality;`, message: /Property 'quality' does not exist/ },
    calls: [{ parameters: {}, response: 200, result: { created: expect.any(Number) } }],
  },
  {
    what: "a field of the response is required",
    edit: (spec) => fieldsOf(spec).required.push("background"),
    compiles: `export const background: "transparent" | "opaque" = response.background;`,
    rejected: {
      code: `export const made: ImagesResponse = { created: 0 };`,
      message: /Property 'background' is missing/,
    },
    calls: [
      {
        parameters: {},
        prefer: "dynamic=true",
        response: 200,
        result: { background: expect.stringMatching(/^(transparent|opaque)$/) },
      },
    ],
  },
  {
    what: "there is a new status",
    edit: (spec) => {
      const example = {
        error: { code: "otters_busy", message: "The otters are asleep.", param: null, type: "otters" },
      };
      spec.paths["/images/variations"]!.post.responses["402"] = {
        description: "The otters want fish.",
        content: {
          "application/json": {
            schema: { $ref: "#/components/schemas/ErrorResponse" },
            examples: { asleep: { value: example } },
          },
        },
      };
    },
    compiles: `export type Asleep = paths["/images/variations"]["post"]["responses"][402]["content"]["application/json"]["error"];`,
    rejected: {
      code: `export type Asleep = paths["/images/variations"]["post"]["responses"][418];`,
      message: /Property '418' does not exist/,
    },
    calls: [
      {
        parameters: {},
        prefer: "code=402",
        response: 402,
        result: { status: 402, code: "otters_busy", type: "otters", message: "402 The otters are asleep." },
      },
    ],
  },
  {
    what: "the schemas of the parameters, of the models and of the response are renamed",
    edit: (spec) =>
      renameSchemas(spec, { ImageCreateVariationParams: "Wish", ImageModel: "Name", ImagesResponse: "Made" }),
    compiles: `export const types: ["object", "string"] = [document.components.schemas.Made.type, document.components.schemas.Name.type];`,
    rejected: {
      code: `export const type = document.components.schemas.ImagesResponse.type;`,
      message: /Property 'ImagesResponse' does not exist/,
    },
    calls: [{ parameters: { n: 2, model: "dall-e-2" }, response: 200, result: { created: expect.any(Number) } }],
  },
  {
    what: "there is a second operation, with several images",
    edit: (spec) => {
      const { properties } = parametersOf(spec);
      spec.paths["/images/edits"] = {
        post: {
          ...spec.paths["/images/variations"]!.post,
          operationId: "createImageEdit",
          "x-client-method": "images.edit",
          requestBody: {
            required: true,
            content: {
              "multipart/form-data": {
                schema: { $ref: "#/components/schemas/ImageEditParams" },
                // Without these keywords, the mock reads no part as an item of an array, and no byte that URLs reserve.
                encoding: { image: { contentType: "image/png", style: "form", explode: true, allowReserved: true } },
              },
            },
          },
        },
      };
      spec.components.schemas["ImageEditParams"] = {
        type: "object",
        description: "What to edit, and how.",
        required: ["image", "prompt"],
        properties: {
          image: { type: "array", description: "The images.", items: properties["image"]!, minItems: 1, maxItems: 2 },
          prompt: { type: "string", description: "What to change.", maxLength: 100 },
          n: properties["n"]!,
        },
      };
    },
    compiles: `
      export const edited: number | undefined =
        (await openapiClient.POST("/images/edits", { body: { image: [image, image], prompt: "A hat" } })).data?.created;
      export const result: ImagesResponse = await client.images.edit({ image: [image], prompt: "A hat", n: 2 });
      export const made: number | undefined =
        (await openapiClient.POST("/images/variations", { body: { image } })).data?.created;`,
    rejected: {
      code: `await openapiClient.POST("/images/edits", { body: { image: [image] } });`,
      message: /Property 'prompt' is missing/,
    },
    calls: [
      {
        operation: edits,
        parameters: { image: [square, square], prompt: "A hat", n: 2 },
        parts: [image, image, ["prompt", "A hat"], ["n", "2"]],
        response: 200,
        result: { created: expect.any(Number) },
      },
      {
        operation: edits,
        parameters: { image: [square] },
        issue: /^prompt\b.*text/,
        response: 422,
      },
      {
        operation: edits,
        parameters: { image: [square, square, square], prompt: "A hat" },
        issue: /image\b.*\b2\b/,
        response: 200, // the mock sees the last image alone
      },
      {
        operation: edits,
        parameters: { image: [square, oblong], prompt: "A hat" },
        issue: /^image\.1\b.*12.8/,
        response: 200,
      },
      { parameters: { n: 2 }, parts: [image, ["n", "2"]], response: 200 },
    ],
  },
];

function renameSchemas(spec: EditableSpec, names: Readonly<Record<string, string>>): void {
  const text = Object.entries(names).reduce(
    (before, [from, to]) => before.replaceAll(new RegExp(`\\b${from}\\b`, "g"), to),
    JSON.stringify(spec),
  );
  Object.assign(spec, JSON.parse(text));
}

function renamed<Value>(fields: Record<string, Value>, from: string, to: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name === from ? to : name, value]));
}
