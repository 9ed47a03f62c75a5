import { createPng } from "@image-variations/png-corpus";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parameterTables, validateImageVariation } from "./index.ts";
import { contractFacts } from "./testing/contract-facts.ts";

const { minimum, maximum, sizes, size, width, formats, text = "model" } = contractFacts;
const image = createPng();
const codes = async (parameters: unknown): Promise<string[]> =>
  (await validateImageVariation(parameters)).issues.map(({ path, code }) => `${path.join(".")} ${code}`);

describe("accepts", () => {
  test("an image alone", async () => {
    expect(await validateImageVariation({ image })).toMatchObject({ valid: true, issues: [], warnings: [] });
  });

  test.each(parameterTables.createImageVariation.filter(({ kind }) => kind !== "image"))(
    "every value of $name in the table, null if it is nullable, and undefined",
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

  test("a model that is not known yet", async () => {
    expect(await validateImageVariation({ image, model: "otter-1" })).toMatchObject({ valid: true, warnings: [] });
  });

  test("valid parameters, and returns the same object", async () => {
    const parameters = { image, n: 2 };
    expect((await validateImageVariation(parameters)).parameters).toBe(parameters);
  });
});

describe("reports", () => {
  test("every issue at once, in the order of the parameters", async () => {
    const parameters = { [text]: 1, n: maximum + 1, size: "1x1", image: new TextEncoder().encode("hello"), otters: 1 };
    const expected = ["image not_png", "n number_too_large", "size not_allowed", `${text} wrong_type`];
    const order = parameterTables.createImageVariation.map(({ name }) => name);
    const placeOf = (code: string): number => order.indexOf(code.split(" ")[0]!);
    expect(await codes(parameters)).toEqual([
      ...expected.toSorted((a, b) => placeOf(a) - placeOf(b)),
      "otters unknown_parameter",
    ]);
  });

  test.each([
    [{ n: minimum - 1 }, "number_too_small", minimum - 1, minimum, `Pass at least ${minimum}.`],
    [{ n: maximum + 1 }, "number_too_large", maximum + 1, maximum, `Pass at most ${maximum}.`],
    [{ n: 1.5 }, "wrong_type", 1.5, "a whole number", "Did you mean 2?"],
    [{ n: "2" }, "wrong_type", "2", "a whole number", "Did you mean 2?"],
    [{ n: 2n }, "wrong_type", 2n, "a whole number", "Did you mean 2?"],
    [{ n: "" }, "wrong_type", "", "a whole number", "Pass a whole number."],
    [{ n: Number.NaN }, "wrong_type", Number.NaN, "a whole number", "Pass a whole number."],
    [{ n: true }, "wrong_type", true, "a whole number", "Pass a whole number."],
    [{ size: Number(width) }, "wrong_type", Number(width), "text", `Did you mean "${size}"?`],
    [{ [text]: 42 }, "wrong_type", 42, "text", 'Did you mean "42"?'],
    [{ size: width }, "not_allowed", width, sizes, `Did you mean ${size}?`],
    [{ size: `${width} × ${width}` }, "not_allowed", `${width} × ${width}`, sizes, `Did you mean ${size}?`],
    [{ size: "auto" }, "not_allowed", "auto", sizes, `Pass ${sizes.slice(0, -1).join(", ")} or ${sizes.at(-1)}.`],
    [{ response_format: "b64" }, "not_allowed", "b64", formats, "Did you mean b64_json?"],
    [{ response_format: "URL" }, "not_allowed", "URL", formats, "Did you mean url?"],
  ])("%o: %s", async (parameters, code, received, allowed, fix) => {
    const { valid, issues } = await validateImageVariation({ image, ...parameters });
    expect(valid).toBe(false);
    expect(issues).toEqual([
      { path: Object.keys(parameters), code, severity: "error", message: expect.any(String), received, allowed, fix },
    ]);
    expect(issues[0]!.message).toMatch(/^(\w+) must be .*, not .*\.$/s);
  });

  test("a misspelt parameter with the one that was probably meant", async () => {
    const { issues } = await validateImageVariation({ image, responseFormat: "url" });
    expect(issues).toMatchObject([
      { path: ["responseFormat"], code: "unknown_parameter", fix: "Did you mean response_format?" },
    ]);
  });

  test("a model that is almost a known one as a warning", async () => {
    const { valid, warnings } = await validateImageVariation({ image, model: "dalle-2" });
    expect({ valid, warnings }).toMatchObject({
      valid: true,
      warnings: [{ path: ["model"], code: "unknown_value", received: "dalle-2", fix: "Did you mean dall-e-2?" }],
    });
  });

  test.each([
    [undefined, "missing", /^Pass an image\.$/],
    [null, "wrong_type", /^Pass an image\.$/],
    ["otter.png", "wrong_type", /createReadStream/],
    ["https://example.com/otter.png", "wrong_type", /fetch\(url\)/],
    ["data:image/png;base64,iVBORw0KGgo=", "wrong_type", /fetch\(url\)/],
    ["iVBORw0KGgo=", "wrong_type", /base64/],
    [{}, "wrong_type", /^Pass an image\.$/],
    [[image], "wrong_type", /^Pass an image\.$/],
  ])("image: %o", async (value, code, fix) => {
    const { issues } = await validateImageVariation({ image: value });
    expect(issues).toMatchObject([{ path: ["image"], code, fix: expect.stringMatching(fix) }]);
  });

  test.each([null, undefined, "otter.png", 1, [], [image]])(
    "parameters that are not an object: %o",
    async (parameters) => {
      expect(await codes(parameters)).toEqual([" wrong_type"]);
    },
  );
});

test("returns a result for any value, with complete issues", async () => {
  const names = parameterTables.createImageVariation.map(({ name }) => name);
  const parameters = fc.oneof(
    fc.anything(),
    fc.dictionary(fc.constantFrom(...names, "otters"), fc.anything({ withBigInt: true })),
  );
  await fc.assert(
    fc.asyncProperty(parameters, async (value) => {
      const { valid, issues, warnings } = await validateImageVariation(value);
      expect(valid).toBe(issues.length === 0);
      for (const issue of [...issues, ...warnings]) {
        expect(issue.code).toMatch(/^[a-z_]+$/);
        expect(issue.message).toMatch(/\S.*\.$/s);
        expect(issue.fix).toMatch(/\S.*[.?]$/s);
        expect(issue).toHaveProperty("allowed");
      }
    }),
  );
});
