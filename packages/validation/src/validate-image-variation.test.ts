import { createPng } from "@image-variations/png-corpus/create-png.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parameterTables, validateImageVariation } from "./index.ts";
import { contractFacts } from "./testing/contract-facts.ts";

const { minimum, maximum, sizes, formats } = contractFacts;
const image = createPng();
const codes = async (parameters: unknown): Promise<string[]> =>
  (await validateImageVariation(parameters)).problems.map(({ path, code }) => `${path.join(".")} ${code}`);

describe("what is right", () => {
  test("the picture alone", async () => {
    expect(await validateImageVariation({ image })).toMatchObject({ valid: true, problems: [], warnings: [] });
  });

  test.each(parameterTables.createImageVariation.filter(({ kind }) => kind !== "image"))(
    "$name: every value that the table names, and null and undefined where they may be",
    async (parameter) => {
      const values = [
        undefined,
        ...(parameter.nullable ? [null] : []),
        ...("allowed" in parameter ? parameter.allowed! : []),
        ...("known" in parameter ? parameter.known! : []),
        ...("minimum" in parameter ? [parameter.minimum, parameter.maximum] : []),
      ];
      const found = await Promise.all(values.map((value) => codes({ image, [parameter.name]: value })));
      expect(found.flat()).toEqual([]);
    },
  );

  test("a model that nobody knows yet", async () => {
    expect(await validateImageVariation({ image, model: "otter-1" })).toMatchObject({ valid: true, warnings: [] });
  });

  test("hands the parameters on as they are", async () => {
    const parameters = { image, n: 2 };
    expect((await validateImageVariation(parameters)).parameters).toBe(parameters);
  });
});

describe("what is wrong", () => {
  test("all of it at once, in the order of the parameters", async () => {
    const parameters = { user: null, n: 99, size: "1x1", image: new TextEncoder().encode("hello"), seed: 1 };
    expect(await codes(parameters)).toEqual([
      "image not_png",
      "n above_maximum",
      "size not_allowed",
      "user null_not_allowed",
      "seed unknown_parameter",
    ]);
  });

  test.each([
    [{ n: minimum - 1 }, "below_minimum", minimum - 1, minimum, `Pass ${minimum} or more.`],
    [{ n: maximum + 1 }, "above_maximum", maximum + 1, maximum, `Pass ${maximum} or less.`],
    [{ n: 1.5 }, "wrong_type", 1.5, "a whole number", "Did you mean 2?"],
    [{ n: "2" }, "wrong_type", "2", "a whole number", "Did you mean 2?"],
    [{ n: 2n }, "wrong_type", 2n, "a whole number", "Did you mean 2?"],
    [{ n: "" }, "wrong_type", "", "a whole number", "Pass a whole number."],
    [{ n: Number.NaN }, "wrong_type", Number.NaN, "a whole number", "Pass a whole number."],
    [{ n: true }, "wrong_type", true, "a whole number", "Pass a whole number."],
    [{ size: 512 }, "wrong_type", 512, "text", 'Did you mean "512x512"?'],
    [{ user: 42 }, "wrong_type", 42, "text", 'Did you mean "42"?'],
    [{ size: "512" }, "not_allowed", "512", sizes, "Did you mean 512x512?"],
    [{ size: "512 × 512" }, "not_allowed", "512 × 512", sizes, "Did you mean 512x512?"],
    [{ size: "auto" }, "not_allowed", "auto", sizes, `Pass ${sizes.join(" or ")}.`],
    [{ response_format: "b64" }, "not_allowed", "b64", formats, "Did you mean b64_json?"],
    [{ response_format: "URL" }, "not_allowed", "URL", formats, "Did you mean url?"],
  ])("%o: %s", async (parameters, code, received, allowed, fix) => {
    const { valid, problems } = await validateImageVariation({ image, ...parameters });
    expect(valid).toBe(false);
    expect(problems).toEqual([
      { path: Object.keys(parameters), code, message: expect.any(String), received, allowed, fix },
    ]);
    expect(problems[0]!.message).toMatch(/^(n|size|user|response_format) is .*, and must be .*\.$/s);
  });

  test("a parameter that is misspelt is named with the one that was meant", async () => {
    const { problems } = await validateImageVariation({ image, responseFormat: "url" });
    expect(problems).toMatchObject([
      { path: ["responseFormat"], code: "unknown_parameter", fix: "Did you mean response_format?" },
    ]);
  });

  test("a model that is almost a known one is a warning", async () => {
    const { valid, warnings } = await validateImageVariation({ image, model: "dalle-2" });
    expect({ valid, warnings }).toMatchObject({
      valid: true,
      warnings: [{ path: ["model"], code: "unknown_value", received: "dalle-2", fix: "Did you mean dall-e-2?" }],
    });
  });

  test.each([
    [undefined, "missing", /^Pass a picture\.$/],
    [null, "null_not_allowed", /^Pass a picture\.$/],
    ["otter.png", "wrong_type", /readFile/],
    ["https://example.com/otter.png", "wrong_type", /fetch\(url\)/],
    ["data:image/png;base64,iVBORw0KGgo=", "wrong_type", /fetch\(url\)/],
    ["iVBORw0KGgo=", "wrong_type", /base64/],
    [{}, "wrong_type", /^Pass a picture\.$/],
    [[image], "wrong_type", /^Pass a picture\.$/],
  ])("image: %o", async (value, code, fix) => {
    const { problems } = await validateImageVariation({ image: value });
    expect(problems).toMatchObject([{ path: ["image"], code, fix: expect.stringMatching(fix) }]);
  });

  test.each([null, undefined, "otter.png", 1, [], [image]])("no object of parameters: %o", async (parameters) => {
    expect(await codes(parameters)).toEqual([" wrong_type"]);
  });
});

test("whatever is passed, there is an answer, and every problem says all that a problem says", async () => {
  const names = parameterTables.createImageVariation.map(({ name }) => name);
  const parameters = fc.oneof(
    fc.anything(),
    fc.dictionary(fc.constantFrom(...names, "seed"), fc.anything({ withBigInt: true })),
  );
  await fc.assert(
    fc.asyncProperty(parameters, async (value) => {
      const { valid, problems, warnings } = await validateImageVariation(value);
      expect(valid).toBe(problems.length === 0);
      for (const problem of [...problems, ...warnings]) {
        expect(problem.code).toMatch(/^[a-z_]+$/);
        expect(problem.message).toMatch(/\S.*\.$/s);
        expect(problem.fix).toMatch(/\S.*[.?]$/s);
        expect(problem).toHaveProperty("allowed");
      }
    }),
  );
});
