import { createPng } from "@image-variations/png-corpus";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toErrorEnvelope } from "./error-envelope.ts";
import {
  checkParameters,
  createValidator,
  formatReport,
  identifyFile,
  ImageReadError,
  imageVariationParams,
  imageVariationTable,
  inspectPng,
  inspectPngHeader,
  inspectPngSync,
  suggestValue,
  validateImageVariation,
  type ParameterTable,
} from "./index.ts";
import { hostileRecord, hostileSource, hostileValue } from "./testing/hostile-values.ts";

const image = createPng();
const names = imageVariationTable.map(({ name }) => name);
const anyValue = fc.oneof(hostileValue, hostileSource);
const anyName = fc.oneof(fc.constantFrom(...names, "__proto__", "constructor"), fc.string());
/** Parameters as a whole, or each of them. */
const parameters = fc.oneof(hostileValue, hostileRecord(anyName), hostileRecord(anyName, { image }));
const runs = { numRuns: 300 };

const editTable: ParameterTable = [
  { name: "image", kind: "images", required: true, minimum: 1, maximum: 2 },
  { name: "prompt", kind: "string", minimum: 1, maximum: 8, pattern: "^[^!]*$" },
  { name: "strength", kind: "number", minimum: 0, maximum: 1 },
  { name: "stream", kind: "boolean" },
  { name: "count", kind: "integer", allowed: [1, 2, 4] },
];

/** All that can be done with what a validator found. */
function readAll(result: Awaited<ReturnType<typeof validateImageVariation>>): void {
  for (const { message, fix } of [...result.issues, ...result.warnings]) {
    expect(message.length).toBeLessThan(2000);
    expect(fix.length).toBeLessThan(1000);
  }
  expect(formatReport(result).length).toBeLessThan(100_000);
  if (!result.valid) expect(JSON.stringify(toErrorEnvelope(result.issues)).length).toBeLessThan(10_000);
}

describe("never throws", () => {
  test("for any parameters of POST /images/variations", async () => {
    await fc.assert(
      fc.asyncProperty(parameters, fc.constantFrom("header", "structure", "pixels"), async (make, depth) => {
        readAll(await validateImageVariation(make(), { depth }));
      }),
      runs,
    );
  });

  test("for any parameters of another operation", async () => {
    const validate = createValidator(editTable, { inspect: inspectPng, suggest: suggestValue });
    const values = hostileRecord(fc.constantFrom(...editTable.map(({ name }) => name)));
    const images = fc.array(anyValue).map((makes) => () => ({ image: makes.map((make) => make()) }));
    await fc.assert(
      fc.asyncProperty(fc.oneof(values, images), async (make) => {
        readAll(await validate(make()));
      }),
      runs,
    );
  });

  test("from checkParameters and the Standard Schema", async () => {
    await fc.assert(
      fc.asyncProperty(parameters, async (make) => {
        checkParameters(imageVariationTable, make());
        checkParameters(editTable, make(), suggestValue);
        await imageVariationParams["~standard"].validate(make());
      }),
      runs,
    );
  });

  test("from identifyFile", () => {
    fc.assert(
      fc.property(anyValue, (make) => {
        expect(typeof identifyFile(make() as Uint8Array).fix).toBe("string");
      }),
      runs,
    );
  });
});

test("inspects any source, or rejects with an ImageReadError or a TypeError", async () => {
  await fc.assert(
    fc.asyncProperty(anyValue, async (make) => {
      for (const inspect of [inspectPngHeader, inspectPng]) {
        const outcome = await inspect(make() as Uint8Array).catch((error: unknown) => error);
        const isExpected = outcome instanceof ImageReadError || outcome instanceof TypeError;
        expect(isExpected || typeof (outcome as { valid?: boolean }).valid).toBe(isExpected || "boolean");
        if (outcome instanceof Error) expect(outcome.message.length).toBeLessThan(1000);
      }
      try {
        expect(typeof inspectPngSync(make() as Uint8Array).valid).toBe("boolean");
      } catch (error) {
        expect(error instanceof TypeError || error instanceof ImageReadError).toBe(true);
      }
    }),
    runs,
  );
});

test("never throws for an option, but may reject", async () => {
  const option = hostileRecord(fc.constantFrom("depth", "limits", "maxPixels", "all", "signal", "identify"));
  await fc.assert(
    fc.asyncProperty(fc.oneof(hostileValue, option), async (make) => {
      const options = make();
      for (const inspect of [inspectPng, inspectPngHeader]) {
        const promise = inspect(image, options as object);
        expect(promise).toBeInstanceOf(Promise);
        await promise.catch(() => undefined);
      }
      const promise = validateImageVariation({ image }, options as object);
      expect(promise).toBeInstanceOf(Promise);
      await promise.catch(() => undefined);
    }),
    runs,
  );
});

test.each<[object, string]>([
  [{ depth: "deep" }, 'depth must be header, structure or pixels, not "deep".'],
  [{ depth: Symbol("deep") }, "depth must be header, structure or pixels, not Symbol(deep)."],
  [{ maxPixels: Number.NaN }, "maxPixels must be a number above 0, not NaN."],
  [{ maxPixels: -1 }, "maxPixels must be a number above 0, not -1."],
  [{ maxPixels: "9" }, 'maxPixels must be a number above 0, not "9".'],
  [{ signal: {} }, "signal must be an AbortSignal, not object Object."],
])("rejects the options %o with a TypeError", async (options, message) => {
  await expect(validateImageVariation({ image }, options)).rejects.toThrow(new TypeError(message));
  await expect(inspectPng(image, options)).rejects.toThrow(new TypeError(message));
});

describe("reports what can't be read", () => {
  const detached = new Uint8Array(9);
  structuredClone(detached.buffer, { transfer: [detached.buffer] });

  const throwing = (): never => {
    throw new Error("a trap");
  };
  test.each<[string, () => unknown, string, string]>([
    [
      "a getter that throws",
      () => Object.defineProperty({ image }, "n", { enumerable: true, get: throwing }),
      "n",
      "Symbol(unreadable)",
    ],
    [
      "a buffer that has been transferred",
      () => ({ image: detached }),
      "image",
      "its buffer has been transferred and is empty.",
    ],
    [
      "a stream that fails",
      () => ({ image: new ReadableStream({ pull: () => Promise.reject(new Error("gone")) }) }),
      "image",
      "gone",
    ],
    // oxlint-disable-next-line prefer-promise-reject-errors -- this is what careless programs do.
    [
      "a stream that fails with nothing",
      () => ({ image: new ReadableStream({ pull: () => Promise.reject() }) }),
      "image",
      "undefined",
    ],
  ])("%s", async (_, make, name, words) => {
    const { issues } = await validateImageVariation(make());
    const issue = issues.find(({ path }) => path[0] === name);
    expect(issue?.message).toContain(words);
  });

  test("parameters whose names can't be listed", async () => {
    const hidden = new Proxy({}, { ownKeys: throwing });
    expect((await validateImageVariation(hidden)).issues).toMatchObject([
      { path: [], code: "wrong_type", allowed: "an object" },
    ]);
  });

  test("a stream of nothing but empty chunks", async () => {
    const endless = {
      [Symbol.asyncIterator]: () => ({ next: async () => ({ done: false, value: new Uint8Array() }) }),
    };
    const { issues } = await validateImageVariation({ image: endless });
    expect(issues).toMatchObject([{ path: ["image"], code: "unreadable" }]);
  });
});

describe("bounds work and messages", () => {
  const long = "o".repeat(10_000_000);

  test.each<[string, () => object]>([
    ["a text of 10 MB in place of every parameter", () => Object.fromEntries(names.map((name) => [name, long]))],
    ["a name of 10 MB", () => ({ image, [long]: 1 })],
    ["a text of 10 MB of digits in place of a number", () => ({ image, n: "9".repeat(10_000_000) })],
    ["a bigint of a million digits", () => ({ image, n: 10n ** 1_000_000n })],
    ["a symbol of 10 MB", () => ({ image, n: Symbol(long) })],
    ["an error of 10 MB", () => ({ image: new ReadableStream({ pull: () => Promise.reject(new Error(long)) }) })],
  ])("%s", async (_, make) => {
    const result = await validateImageVariation(make());
    readAll(result);
    expect(result.valid).toBe(false);
  });

  test("names 20 of 100,000 unknown parameters, and counts the rest", async () => {
    const entries = Array.from({ length: 100_000 }, (_, index) => [`size${index}`, index] as const);
    const { issues } = await validateImageVariation({ image, ...Object.fromEntries(entries) });
    expect(issues).toHaveLength(21);
    expect(issues.at(-1)).toMatchObject({ path: [], code: "unknown_parameter", received: 99_980 });
    expect(issues.at(-1)?.message).toMatch(/^Unknown parameter: 99980 more\.$/);
  });

  test("checks no more items of an array than the maximum", async () => {
    const validate = createValidator(editTable, { inspect: inspectPng });
    const { issues } = await validate({ image: Array.from({ length: 1_000_000 }, () => "otter.png") });
    expect(issues.map(({ path, code }) => `${path.join(".")} ${code}`)).toEqual([
      "image too_many_images",
      "image.0 wrong_type",
      "image.1 wrong_type",
    ]);
  });

  test("counts the characters of a text, not the halves of surrogate pairs", () => {
    const codesOf = (prompt: string): string[] =>
      checkParameters(editTable, { image: [image], prompt }).issues.map(({ code, message }) => `${code}: ${message}`);
    expect(codesOf("🦦".repeat(8))).toEqual([]);
    expect(codesOf("🦦".repeat(9))).toEqual(["text_too_long: prompt must be at most 8 characters, not 9."]);
    expect(codesOf("")).toEqual(["text_too_short: prompt must be at least 1 character, not 0."]);
    expect(codesOf("o\ud83e")).toEqual([]);
  });
});
