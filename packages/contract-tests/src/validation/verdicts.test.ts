import { validateImageVariation, type ErrorResponse } from "@image-variations/validation";
import { toErrorEnvelope } from "@image-variations/validation/error-envelope";
import { describe, expect, test } from "vitest";
import { documentedResponses, makePng } from "image-variations/conformance";
import { operation } from "../contract/operation.ts";
import { parameterCases } from "../contract/parameter-cases.ts";
import { sampleFile, sampleImage } from "../wire/sample-image.ts";

const { properties = {} } = operation.request!.schema;
const { exclusiveMaximumBytes } = properties["image"]!["x-image-limits"]!;
const { minimum = 0, maximum = 0 } = properties["n"]!;

describe("validation's verdict on a parameter is the spec's:", () => {
  test.for(parameterCases)("$what as $parameter: $value", async ({ parameter, value, forbiddenBy }) => {
    const { valid, issues } = await validateImageVariation({ image: sampleFile(), [parameter]: value });
    expect(valid).toBe(!forbiddenBy);
    expect(issues.map(({ path }) => path)).toEqual(forbiddenBy ? [[parameter]] : []);
  });
});

describe("validation rejects with the message of the spec's example", () => {
  const { examples } = documentedResponses.find(({ status }) => status === 400)!.contents[0]!;
  const image = sampleImage;
  const rejected = [
    { name: "image_missing", parameters: {} },
    { name: "image_not_accepted", parameters: { image: new TextEncoder().encode("not a PNG") } },
    {
      name: "image_not_accepted",
      parameters: { image: makePng({ width: 64, height: 64, byteLength: exclusiveMaximumBytes }) },
    },
    { name: "image_not_square", parameters: { image: makePng({ width: 1200, height: 800 }) } },
    { name: "size_not_allowed", parameters: { image, size: "1x1" } },
    { name: "n_above_maximum", parameters: { image, n: maximum + 5 } },
    { name: "n_below_minimum", parameters: { image, n: minimum - 1 } },
    { name: "response_format_not_allowed", parameters: { image, response_format: "xml" } },
  ];

  test.for(rejected)("$name", async ({ name, parameters }) => {
    const { issues } = await validateImageVariation(parameters);
    const { value } = examples.find((example) => example.name === name)! as unknown as { value: ErrorResponse };
    const { error } = toErrorEnvelope(issues);
    expect({ ...error, message: withoutValues(error.message) }).toEqual({
      ...value.error,
      message: withoutValues(value.error.message),
    });
  });
});

/** A message without the values in it: the limits come from the schema, and an example may be older. */
function withoutValues(message: string): string {
  return message.replaceAll(/\[.*\]/g, "[…]").replaceAll(/\d[\dx.]*/g, "0");
}

test("the largest image that the spec allows has one byte less than the smallest that it forbids", async () => {
  const largest = makePng({ width: 64, height: 64, byteLength: exclusiveMaximumBytes - 1 });
  const tooLarge = makePng({ width: 64, height: 64, byteLength: exclusiveMaximumBytes });
  expect(await validateImageVariation({ image: largest })).toMatchObject({ valid: true });
  expect(await validateImageVariation({ image: tooLarge })).toMatchObject({ valid: false });
});
