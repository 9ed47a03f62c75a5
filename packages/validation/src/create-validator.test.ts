import { createPng } from "@image-variations/png-corpus";
import { describe, expect, it, test } from "vitest";
import { toErrorEnvelope } from "./error-envelope.ts";
import {
  createSchema,
  createValidator,
  identifyFile,
  inspectPngHeader,
  type ParameterTable,
  suggestValue,
} from "./index.ts";
import { createJsonCheck } from "./json.ts";

/** An operation that this package does not know: POST /images/edits, with several images. */
const table: ParameterTable = [
  {
    name: "image",
    required: true,
    kind: "images",
    nullable: false,
    mediaTypes: ["image/png", "image/jpeg"],
    minimum: 1,
    maximum: 2,
    exclusiveMaximumBytes: 50 * 2 ** 20,
  },
  { name: "mask", required: false, kind: "image", nullable: true, mediaTypes: ["image/png"] },
  { name: "prompt", required: true, kind: "string", nullable: false, minimum: 1, maximum: 8, pattern: "^[^!]*$" },
  { name: "strength", required: false, kind: "number", nullable: true, minimum: 0, maximum: 1 },
  { name: "stream", required: false, kind: "boolean", nullable: true, default: false },
  { name: "count", required: false, kind: "integer", nullable: true, allowed: [1, 2, 4] },
];
const validate = createValidator(table, {
  inspect: (source, { limits }) => inspectPngHeader(source, { limits, identify: identifyFile }),
});
const png = createPng({ width: 3, height: 2 });
const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);

const issues = async (parameters: object): Promise<unknown[]> =>
  (await validate({ image: [png], prompt: "otter", ...parameters })).issues.map(({ path, code }) => [
    path.join("."),
    code,
  ]);

test("checks another operation by its table alone", async () => {
  const parameters = { image: [png, jpeg], prompt: "🦦".repeat(8), mask: png, strength: 0.5, stream: true, count: 4 };
  expect(await validate(parameters)).toMatchObject({ valid: true, issues: [], parameters });
});

test.each([
  [{ image: png }, "image", "wrong_type"],
  [{ image: [] }, "image", "too_few_images"],
  [{ image: [png, png, png] }, "image", "too_many_images"],
  [{ image: [png, "otter.png"] }, "image.1", "wrong_type"],
  [{ image: [png, new Uint8Array(9)] }, "image.1", "not_png"],
  [{ mask: jpeg }, "mask", "not_png"],
  [{ prompt: "" }, "prompt", "text_too_short"],
  [{ prompt: "123456789" }, "prompt", "text_too_long"],
  [{ prompt: "otter!" }, "prompt", "pattern_mismatch"],
  [{ strength: 1.1 }, "strength", "number_too_large"],
  [{ strength: -0.1 }, "strength", "number_too_small"],
  [{ strength: "0.5" }, "strength", "wrong_type"],
  [{ stream: "true" }, "stream", "wrong_type"],
  [{ count: 3 }, "count", "not_allowed"],
])("reports %o: %s %s", async (parameters, path, code) => {
  expect(await issues(parameters)).toEqual([[path, code]]);
});

test("rejects an unidentified file only if nothing but PNG is accepted", async () => {
  const unaware = createValidator(table, { inspect: inspectPngHeader });
  expect((await unaware({ image: [jpeg], mask: jpeg, prompt: "otter" })).issues).toMatchObject([
    { path: ["mask"], code: "not_png", received: "unknown (0xffd8ffe0)", allowed: ["image/png"] },
  ]);
  expect((await unaware({ image: [new Uint8Array()], prompt: "otter" })).issues).toMatchObject([
    { path: ["image", 0], code: "empty" },
  ]);
});

test("replaces a stream in an array by the bytes that were read", async () => {
  const image = [png, new Blob([png]).stream()];
  const { valid, parameters } = await validate({ image, prompt: "otter" });
  expect({ valid, parameters }).toEqual({ valid: true, parameters: { image: [png, png], prompt: "otter" } });
});

test("reports a stream that fails, and does not throw", async () => {
  const image = [new ReadableStream({ pull: () => Promise.reject(new Error("ENOENT")) })];
  expect((await validate({ image, prompt: "otter" })).issues).toEqual([
    {
      code: "unreadable",
      severity: "error",
      path: ["image", 0],
      message: "image.0: The image could not be read: ENOENT",
      received: "ENOENT",
      allowed: "an image",
      fix: "Open it again, and pass it before anything else reads it.",
    },
  ]);
});

test("rejects with the error of an inspection that fails for another reason", async () => {
  const bug = new RangeError("a bug of the inspection");
  const broken = createValidator(table, { inspect: () => Promise.reject(bug) });
  await expect(broken({ image: [png], prompt: "otter" })).rejects.toBe(bug);
});

test("names the parameter in every issue of its image, and tells errors from warnings", async () => {
  const warning = createValidator([{ name: "mask", kind: "image", warningFromBytes: 9 }], {
    inspect: inspectPngHeader,
  });
  const { valid, issues: errors, warnings, images } = await warning({ mask: png });
  expect({ valid, errors }).toEqual({ valid: true, errors: [] });
  expect(warnings).toMatchObject([{ path: ["mask"], message: expect.stringMatching(/^mask: The file/) }]);
  expect(images).toMatchObject([{ path: ["mask"], inspection: { width: 3, height: 2 } }]);
});

test("turns into a Standard Schema", async () => {
  const schema = createSchema<{ prompt: string }>(validate);
  const good = { image: [png], prompt: "otter" };
  expect(await schema["~standard"].validate(good)).toEqual({ value: good });
  expect(await schema["~standard"].validate({ ...good, prompt: 1 })).toMatchObject({
    issues: [{ path: ["prompt"], code: "wrong_type", message: "prompt must be text, not 1." }],
  });
});

test("omits limits from the wire message that the table does not have", async () => {
  const bare: ParameterTable = [{ name: "mask", required: true, kind: "image", nullable: false }];
  const { issues: found } = await createValidator(bare, { inspect: inspectPngHeader })({ mask: jpeg });
  expect(toErrorEnvelope(found, bare).error.message).toBe("Uploaded image must be a PNG.");
  expect(toErrorEnvelope(found).error.message).toBe("Uploaded image must be a PNG.");
});

test("takes the limits of the wire message from the table", async () => {
  const { issues: found } = await validate({ image: [new Uint8Array(9)], prompt: "otter" });
  expect(toErrorEnvelope(found, table).error.message).toBe("Uploaded image must be a PNG, JPEG and less than 50 MB.");
});

test("hands each image to the inspection with the limits of its row in the table", async () => {
  const seen: unknown[] = [];
  const inspecting = createValidator(table, {
    inspect: async (source, options) => {
      seen.push(options);
      return inspectPngHeader(source);
    },
  });
  await inspecting({ image: [png], mask: png, prompt: "otter" });
  expect(seen).toMatchObject([
    { limits: { mediaTypes: ["image/png", "image/jpeg"], exclusiveMaximumBytes: 50 * 2 ** 20 } },
    { limits: { mediaTypes: ["image/png"] } },
  ]);
});

describe("a parameter that is checked as JSON", () => {
  const validateTags = createValidator(
    [
      { name: "tags", kind: "json", required: true, rules: { type: "array", items: { $ref: "Tag" } } },
      { name: "style", kind: "json", required: false, nullable: true, rules: { type: "object" } },
    ],
    { json: createJsonCheck({ Tag: { enum: ["otter", "fish"] } }), suggest: suggestValue },
  );

  it.each<[parameters: object, said: string[]]>([
    [{ tags: ["otter"], style: { a: 1 } }, []],
    [{ tags: [], style: null }, []],
    [{ tags: ["otter", "fsih"] }, ['tags.1 must be otter or fish, not "fsih". Did you mean fish?']],
    [{ tags: "otter" }, ['tags must be an array, not "otter". Pass an array.']],
    [{ tags: [], style: 5 }, ["style must be an object, not 5. Pass an object."]],
    [{}, ["tags is missing: it must be an array. Pass an array."]],
  ])("%j", async (parameters, said) => {
    const { valid, issues: found } = await validateTags(parameters);
    expect({ valid, said: found.map(({ message, fix }) => `${message} ${fix}`) }).toEqual({
      valid: said.length === 0,
      said,
    });
  });

  it("is not checked by a validator that has no such check", async () => {
    const without = createValidator([{ name: "tags", kind: "json", required: true, rules: { type: "array" } }], {});
    expect(await without({ tags: 5 })).toMatchObject({ valid: true });
  });
});
