import { createPng } from "@image-variations/png-corpus/create-png.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parameterTables, validateImageVariation } from "./index.ts";
import { contractFacts } from "./testing/contract-facts.ts";

const { minimum, maximum, sizes, size, width, formats, text = "model" } = contractFacts;
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
        ...(parameter.kind !== "string" && "minimum" in parameter ? [parameter.minimum, parameter.maximum] : []),
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
    const parameters = { [text]: 1, n: maximum + 1, size: "1x1", image: new TextEncoder().encode("hello"), otters: 1 };
    const expected = ["image not_png", "n maximum", "size allowed", `${text} kind`];
    const order = parameterTables.createImageVariation.map(({ name }) => name);
    const placeOf = (code: string): number => order.indexOf(code.split(" ")[0]!);
    expect(await codes(parameters)).toEqual([
      ...expected.toSorted((a, b) => placeOf(a) - placeOf(b)),
      "otters unknown",
    ]);
  });

  test.each([
    [{ n: minimum - 1 }, "minimum", minimum - 1, minimum, `Pass ${minimum} or more.`],
    [{ n: maximum + 1 }, "maximum", maximum + 1, maximum, `Pass ${maximum} or less.`],
    [{ n: 1.5 }, "kind", 1.5, "a whole number", "Did you mean 2?"],
    [{ n: "2" }, "kind", "2", "a whole number", "Did you mean 2?"],
    [{ n: 2n }, "kind", 2n, "a whole number", "Did you mean 2?"],
    [{ n: "" }, "kind", "", "a whole number", "Pass a whole number."],
    [{ n: Number.NaN }, "kind", Number.NaN, "a whole number", "Pass a whole number."],
    [{ n: true }, "kind", true, "a whole number", "Pass a whole number."],
    [{ size: Number(width) }, "kind", Number(width), "text", `Did you mean "${size}"?`],
    [{ [text]: 42 }, "kind", 42, "text", 'Did you mean "42"?'],
    [{ size: width }, "allowed", width, sizes, `Did you mean ${size}?`],
    [{ size: `${width} × ${width}` }, "allowed", `${width} × ${width}`, sizes, `Did you mean ${size}?`],
    [{ size: "auto" }, "allowed", "auto", sizes, `Pass ${sizes.join(" or ")}.`],
    [{ response_format: "b64" }, "allowed", "b64", formats, "Did you mean b64_json?"],
    [{ response_format: "URL" }, "allowed", "URL", formats, "Did you mean url?"],
  ])("%o: %s", async (parameters, code, received, allowed, fix) => {
    const { valid, problems } = await validateImageVariation({ image, ...parameters });
    expect(valid).toBe(false);
    expect(problems).toEqual([
      { path: Object.keys(parameters), code, message: expect.any(String), received, allowed, fix },
    ]);
    expect(problems[0]!.message).toMatch(/^(\w+) is .*, and must be .*\.$/s);
  });

  test("a parameter that is misspelt is named with the one that was meant", async () => {
    const { problems } = await validateImageVariation({ image, responseFormat: "url" });
    expect(problems).toMatchObject([
      { path: ["responseFormat"], code: "unknown", fix: "Did you mean response_format?" },
    ]);
  });

  test("a model that is almost a known one is a warning", async () => {
    const { valid, warnings } = await validateImageVariation({ image, model: "dalle-2" });
    expect({ valid, warnings }).toMatchObject({
      valid: true,
      warnings: [{ path: ["model"], code: "known", received: "dalle-2", fix: "Did you mean dall-e-2?" }],
    });
  });

  test.each([
    [undefined, "required", /^Pass an image\.$/],
    [null, "kind", /^Pass an image\.$/],
    ["otter.png", "kind", /createReadStream/],
    ["https://example.com/otter.png", "kind", /fetch\(url\)/],
    ["data:image/png;base64,iVBORw0KGgo=", "kind", /fetch\(url\)/],
    ["iVBORw0KGgo=", "kind", /base64/],
    [{}, "kind", /^Pass an image\.$/],
    [[image], "kind", /^Pass an image\.$/],
  ])("image: %o", async (value, code, fix) => {
    const { problems } = await validateImageVariation({ image: value });
    expect(problems).toMatchObject([{ path: ["image"], code, fix: expect.stringMatching(fix) }]);
  });

  test.each([null, undefined, "otter.png", 1, [], [image]])("no object of parameters: %o", async (parameters) => {
    expect(await codes(parameters)).toEqual([" kind"]);
  });
});

test("whatever is passed, there is an answer, and every problem says all that a problem says", async () => {
  const names = parameterTables.createImageVariation.map(({ name }) => name);
  const parameters = fc.oneof(
    fc.anything(),
    fc.dictionary(fc.constantFrom(...names, "otters"), fc.anything({ withBigInt: true })),
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
