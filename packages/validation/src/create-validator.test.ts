import { createPng } from "@image-variations/png-corpus/create-png.ts";
import { expect, test } from "vitest";
import { toErrorEnvelope } from "./error-envelope.ts";
import { createSchema, createValidator, identifyFile, inspectPngHeader, type ParameterTable } from "./index.ts";

/** An operation that this package has never heard of: POST /images/edits, with several pictures. */
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

const problems = async (parameters: object): Promise<unknown[]> =>
  (await validate({ image: [png], prompt: "otter", ...parameters })).problems.map(({ path, code }) => [
    path.join("."),
    code,
  ]);

test("a second operation needs its table and nothing else", async () => {
  const parameters = { image: [png, jpeg], prompt: "🦦".repeat(8), mask: png, strength: 0.5, stream: true, count: 4 };
  expect(await validate(parameters)).toMatchObject({ valid: true, problems: [], parameters });
});

test.each([
  [{ image: png }, "image", "kind"],
  [{ image: [] }, "image", "minimum"],
  [{ image: [png, png, png] }, "image", "maximum"],
  [{ image: [png, "otter.png"] }, "image.1", "kind"],
  [{ image: [png, new Uint8Array(9)] }, "image.1", "not_png"],
  [{ mask: jpeg }, "mask", "not_png"],
  [{ prompt: "" }, "prompt", "minimum"],
  [{ prompt: "123456789" }, "prompt", "maximum"],
  [{ prompt: "otter!" }, "prompt", "pattern"],
  [{ strength: 1.1 }, "strength", "maximum"],
  [{ strength: "0.5" }, "strength", "kind"],
  [{ stream: "true" }, "stream", "kind"],
  [{ count: 3 }, "count", "allowed"],
])("%o: %s %s", async (parameters, path, code) => {
  expect(await problems(parameters)).toEqual([[path, code]]);
});

test("a file that nobody identifies is refused only where nothing but PNG is taken", async () => {
  const unaware = createValidator(table, { inspect: inspectPngHeader });
  expect((await unaware({ image: [jpeg], mask: jpeg, prompt: "otter" })).problems).toMatchObject([
    { path: ["mask"], code: "not_png", received: "unknown (0xffd8ffe0)", allowed: ["image/png"] },
  ]);
  expect((await unaware({ image: [new Uint8Array()], prompt: "otter" })).problems).toMatchObject([
    { path: ["image", 0], code: "empty" },
  ]);
});

test("streams in an array are replaced by what was read of them", async () => {
  const image = [png, new Blob([png]).stream()];
  const { valid, parameters } = await validate({ image, prompt: "otter" });
  expect({ valid, parameters }).toEqual({ valid: true, parameters: { image: [png, png], prompt: "otter" } });
});

test("a stream that fails is a problem and no throw", async () => {
  const image = [new ReadableStream({ pull: () => Promise.reject(new Error("ENOENT")) })];
  expect((await validate({ image, prompt: "otter" })).problems).toMatchObject([
    { path: ["image", 0], code: "unreadable", message: expect.stringContaining("ENOENT") },
  ]);
});

test("is a Standard Schema", async () => {
  const schema = createSchema<{ prompt: string }>(validate);
  const good = { image: [png], prompt: "otter" };
  expect(await schema["~standard"].validate(good)).toEqual({ value: good });
  expect(await schema["~standard"].validate({ ...good, prompt: 1 })).toMatchObject({
    issues: [{ path: ["prompt"], code: "kind", message: "prompt is 1, and must be text." }],
  });
});

test("the wire's words do without limits that the table doesn't have", async () => {
  const bare: ParameterTable = [{ name: "mask", required: true, kind: "image", nullable: false }];
  const { problems: found } = await createValidator(bare, { inspect: inspectPngHeader })({ mask: jpeg });
  expect(toErrorEnvelope(found, bare).error.message).toBe("Uploaded image must be a PNG.");
  expect(toErrorEnvelope(found).error.message).toBe("Uploaded image must be a PNG.");
});

test("the wire's words take their limits from the table", async () => {
  const { problems: found } = await validate({ image: [new Uint8Array(9)], prompt: "otter" });
  expect(toErrorEnvelope(found, table).error.message).toBe("Uploaded image must be a PNG, JPEG and less than 50 MB.");
});
