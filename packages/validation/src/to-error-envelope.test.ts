import { createPng } from "@image-variations/png-corpus";
import { expect, test } from "vitest";
import { toErrorEnvelope } from "./error-envelope.ts";
import { parameterTables, validateImageVariation, type ImageLimits } from "./index.ts";
import { contractFacts, pythonList } from "./testing/contract-facts.ts";

const { minimum, maximum, sizes, formats, text = "model" } = contractFacts;
const { exclusiveMaximumBytes = 0 } = parameterTables.createImageVariation.find(
  ({ name }) => name === "image",
) as ImageLimits;
const notAccepted = `Uploaded image must be a PNG and less than ${exclusiveMaximumBytes / 2 ** 20} MB.`;
const image = createPng();
const message = async (parameters: unknown): Promise<string> =>
  toErrorEnvelope((await validateImageVariation(parameters)).issues).error.message;

test("writes the keys in the order of the official server", async () => {
  const { issues } = await validateImageVariation({});
  expect(JSON.stringify(toErrorEnvelope(issues))).toBe(
    `{"error":{"code":null,"message":"'image' is a required property","param":null,"type":"invalid_request_error"}}`,
  );
});

test.each([
  [{ image: new TextEncoder().encode("hello") }, notAccepted],
  [{ image: new Uint8Array(exclusiveMaximumBytes) }, notAccepted],
  [{ image: "otter.png" }, notAccepted],
  [
    { image: createPng({ width: 12, height: 8 }) },
    "Invalid input image - expected an image with equal width and height, got 12x8 instead.",
  ],
  [{}, "'image' is a required property"],
  [{ image, size: "1x1" }, `'1x1' is not one of ${pythonList(sizes)} - 'size'`],
  [{ image, n: maximum + 5 }, `${maximum + 5} is greater than the maximum of ${maximum} - 'n'`],
  [{ image, n: minimum - 1 }, `${minimum - 1} is less than the minimum of ${minimum} - 'n'`],
  [{ image, response_format: "xml" }, `'xml' is not one of ${pythonList(formats)} - 'response_format'`],
  [{ image, n: "two" }, "'two' is not of type 'integer' - 'n'"],
  [{ image, n: {} }, "{...} is not of type 'integer' - 'n'"],
  [{ image, [text]: true }, `True is not of type 'string' - '${text}'`],
  [{ image, [text]: [] }, `[...] is not of type 'string' - '${text}'`],
  [{ image, otters: 1 }, "Additional properties are not allowed ('otters' was unexpected)"],
  [{ image, size: "it's" }, `"it's" is not one of ${pythonList(sizes)} - 'size'`],
  ["otter.png", "'otter.png' is not of type 'object'"],
])("words the rejection of %o as the official server does", async (parameters, words) => {
  expect(await message(parameters)).toBe(words);
});

test("reports the issue that a server meets first", async () => {
  const broken = createPng({ width: 12, height: 8, bitDepth: 3 });
  const parameters = { image: broken, n: "two", size: "1x1", otters: 1 };
  expect(await message({ ...parameters, image: undefined })).toMatch("required");
  expect(await message(parameters)).toMatch("Additional");
  expect(await message({ ...parameters, otters: undefined })).toMatch("not of type");
  expect(await message({ image: broken, size: "1x1" })).toMatch("not one of");
  expect(await message({ image: broken })).toMatch("must be a PNG");
});

test("throws a RangeError without issues", () => {
  expect(() => toErrorEnvelope([])).toThrow(RangeError);
});
