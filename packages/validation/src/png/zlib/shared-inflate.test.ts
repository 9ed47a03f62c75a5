import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import zlib from "node:zlib";
import { concatenate, createPng, imageDataLength } from "@image-variations/png-corpus";
import { invalidImages, validImages } from "@image-variations/png-corpus/images";
import { mutate, randomOf } from "@image-variations/png-corpus/mutate-png";
import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { inflateShared } from "./shared-inflate.ts";

const { getBuiltinModule } = process;
const { Z_FINISH, Z_SYNC_FLUSH } = zlib.constants;
const options = { depth: "pixels", limits: { square: true }, maxPixels: Infinity, all: true } as const;

afterEach(() => {
  process.getBuiltinModule = getBuiltinModule;
});

type CreateInflate = typeof zlib.createInflate;

/** The validator in a runtime with this `createInflate`. It counts how often it inflates in each manner. */
async function loadWith(createInflate: CreateInflate | undefined) {
  const calls = { createInflate: 0, inflateSync: 0 };
  const runtime = {
    ...zlib,
    inflateSync(...args: Parameters<typeof zlib.inflateSync>) {
      calls.inflateSync += 1;
      return zlib.inflateSync(...args);
    },
    createInflate: createInflate && count(createInflate),
  };
  function count(create: CreateInflate): CreateInflate {
    return (...args) => {
      calls.createInflate += 1;
      return create(...args);
    };
  }
  vi.resetModules();
  process.getBuiltinModule = ((name: string) => (name === "node:zlib" ? runtime : getBuiltinModule(name))) as never;
  const { inspectPng, inspectPngSync } = await import("../../index.ts");
  return { inspectPng, inspectPngSync, calls };
}

/** What a call makes, or the error that it throws, without the class. */
function outcomeOf(inflate: () => { readonly buffer: Uint8Array; readonly engine: { readonly bytesWritten: number } }) {
  try {
    const { buffer, engine } = inflate();
    return { bytes: Buffer.from(buffer).toString("base64"), position: engine.bytesWritten };
  } catch (error) {
    const { message } = error as Error;
    return { error: /larger than|More output/.test(message) ? "too long" : message };
  }
}

const good = createPng({ width: 20, height: 20 });

/** Bytes with repetitions, so that there are copies, from the window of the stream alone. */
const content = fc
  .array(fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 40, size: "max" }), fc.integer({ min: 1, max: 900 })), {
    maxLength: 8,
    size: "max",
  })
  .map((runs) => concatenate(...runs.flatMap(([bytes, times]) => Array.from({ length: times }, () => bytes))));

describe("one Inflate for all streams", () => {
  test("gives the output, the position and the error of inflateSync, for edited, truncated and continued streams", () => {
    const earlier: { readonly output: Uint8Array; readonly expected: Uint8Array }[] = [];
    const kinds = new Set<string>();
    fc.assert(
      fc.property(
        content,
        fc.integer({ min: 0, max: 9 }),
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { maxLength: 2, size: "max" }),
        fc.option(fc.nat(), { freq: 3 }),
        fc.uint8Array({ maxLength: 5, size: "max" }),
        fc.integer({ min: -2, max: 40 }),
        fc.constantFrom(Z_FINISH, Z_SYNC_FLUSH),
        (bytes, level, edits, cut, after, room, finishFlush) => {
          let stream: Uint8Array = Uint8Array.from(zlib.deflateSync(bytes, { level }));
          for (const [at, mask] of edits) stream[2 + (at % (stream.length - 2))]! ^= mask;
          if (cut !== null) stream = stream.subarray(0, 2 + (cut % (stream.length - 1)));
          stream = concatenate(stream, after);
          const maxOutputLength = Math.max(1, bytes.length + room);
          const how = {
            chunkSize: Math.max(64, maxOutputLength + 1),
            maxOutputLength,
            finishFlush,
            info: true,
          } as const;
          const ours = outcomeOf(() => {
            const inflated = inflateShared(zlib as never, stream, how)!;
            earlier.push({ output: inflated.buffer, expected: inflated.buffer.slice() });
            return inflated;
          });
          expect(ours).toEqual(outcomeOf(() => zlib.inflateSync(stream, how) as never));
          kinds.add(ours.error ?? "inflated");
        },
      ),
      { numRuns: 2000 },
    );
    for (const { output, expected } of earlier) expect(Buffer.compare(output, expected)).toBe(0);
    const common = ["inflated", "too long", "unexpected end of file", "incorrect data check"];
    expect([...kinds]).toEqual(expect.arrayContaining(common));
  });

  test("inflates streams of every window size in any order", () => {
    const windowBits = fc.array(fc.integer({ min: 9, max: 15 }), { minLength: 2, maxLength: 12, size: "max" });
    fc.assert(
      fc.property(content, windowBits, (bytes, sizes) => {
        for (const size of sizes) {
          const stream = zlib.deflateSync(bytes, { windowBits: size });
          const length = Math.max(1, bytes.length);
          const how = { chunkSize: length + 64, maxOutputLength: length, finishFlush: Z_FINISH, info: true } as const;
          expect(Buffer.compare(inflateShared(zlib as never, stream, how)!.buffer, bytes)).toBe(0);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("never copies from the stream before, which a distance before the start of the next one asks for", () => {
    const secret = zlib.deflateSync(Buffer.from("what the image before was made of".repeat(2000)));
    const how = { chunkSize: 100_000, maxOutputLength: 99_999, finishFlush: Z_FINISH, info: true } as const;
    const from = zlib.deflateRawSync(Buffer.from("what the image before was made of"), {
      dictionary: Buffer.from("what the image before was made of"),
    });
    inflateShared(zlib as never, secret, how);
    const reaching = concatenate(Uint8Array.of(0x78, 0x9c), from, new Uint8Array(4));
    expect(() => inflateShared(zlib as never, reaching, how)).toThrow("invalid distance too far back");
  });

  test("is made by the first image whose pixels are checked, and not before", async () => {
    const { inspectPngSync, calls } = await loadWith(zlib.createInflate);
    inspectPngSync(good, { depth: "structure", limits: {} });
    expect(calls).toEqual({ createInflate: 0, inflateSync: 0 });
    inspectPngSync(good, options);
    // One is tried, and the other is kept.
    expect(calls).toEqual({ createInflate: 2, inflateSync: 0 });
  });

  test("is freed when memory is collected, and made again", async () => {
    const made: WeakRef<object>[] = [];
    const { inspectPngSync } = await loadWith((...args) => {
      const inflate = zlib.createInflate(...args);
      made.push(new WeakRef(inflate));
      return inflate;
    });
    expect(inspectPngSync(good, options).issues).toEqual([]);
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    await setImmediate();
    await setImmediate();
    collect();
    expect(made.map((inflate) => inflate.deref())).toEqual([undefined, undefined]);
    expect(inspectPngSync(good, options).issues).toEqual([]);
    expect(made).toHaveLength(3);
  });

  test("accepts a good image after each invalid one", async () => {
    const { inspectPng, inspectPngSync } = await loadWith(zlib.createInflate);
    for (const { name, bytes } of invalidImages()) {
      inspectPngSync(bytes, options);
      expect({ name, issues: inspectPngSync(good, options).issues }).toEqual({ name, issues: [] });
      await inspectPng(bytes, options);
      expect({ name, issues: (await inspectPng(good, options)).issues }).toEqual({ name, issues: [] });
    }
  });

  test("gives the same results to inspections that overlap as to one after the other", async () => {
    const { inspectPng } = await loadWith(zlib.createInflate);
    const images = [...validImages(), ...invalidImages()].map(({ bytes }) => bytes);
    const alone = [];
    for (const bytes of images) alone.push(await inspectPng(bytes, options));
    expect(await Promise.all(images.map((bytes) => inspectPng(bytes, options)))).toEqual(alone);
  });
});

describe("a runtime without it gives the same results", () => {
  test("for every image of the corpus", async () => {
    const shared = await loadWith(zlib.createInflate);
    const images = [...validImages(), ...invalidImages()];
    const results = [];
    for (const { bytes } of images) {
      results.push([shared.inspectPngSync(bytes, options), await shared.inspectPng(bytes, options)]);
    }
    expect(shared.calls.inflateSync).toBe(0);
    const without = await loadWith(undefined);
    for (const [index, { name, bytes }] of images.entries()) {
      const result = [without.inspectPngSync(bytes, options), await without.inspectPng(bytes, options)];
      expect({ name, result }).toEqual({ name, result: results[index] });
    }
    expect(without.calls.inflateSync).toBeGreaterThan(images.length);
  });

  test("for images with a mutation, or an edited zlib stream", async () => {
    const shared = await loadWith(zlib.createInflate);
    shared.inspectPngSync(good, options);
    const without = await loadWith(undefined);
    without.inspectPngSync(good, options);
    const images = validImages().filter(({ bytes }) => bytes.length < 20_000);
    const recipe = { width: 24, height: 24 };
    const stream = zlib.deflateSync(new Uint8Array(imageDataLength(recipe)));
    const mutated = fc
      .tuple(fc.nat(), fc.nat())
      .map(([seed, at]) => mutate(images[at % images.length]!.bytes, randomOf(seed)));
    const edited = fc
      .array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 4, size: "max" })
      .map((edits) => {
        const compressed = Uint8Array.from(stream);
        for (const [at, mask] of edits) compressed[at % compressed.length]! ^= mask;
        return createPng({ ...recipe, compressed });
      });
    fc.assert(
      fc.property(fc.oneof(mutated, edited), (bytes) => {
        expect(shared.inspectPngSync(bytes, options)).toEqual(without.inspectPngSync(bytes, options));
        expect(shared.inspectPngSync(good, options).issues).toEqual([]);
      }),
      { numRuns: 1500 },
    );
  });

  /** What another runtime, or a Node to come, may have in place of what is used here. */
  const others: readonly { readonly name: string; readonly createInflate: CreateInflate }[] = [
    {
      name: "createInflate throws",
      createInflate: () => {
        throw new Error("not implemented");
      },
    },
    { name: "there is no handle", createInflate: (how) => changed(zlib.createInflate(how), { _handle: undefined }) },
    { name: "writeSync is missing", createInflate: (how) => changed(zlib.createInflate(how), { _handle: {} }) },
    {
      name: "the state is elsewhere",
      createInflate: (how) => changed(zlib.createInflate(how), { _writeState: undefined }),
    },
    {
      name: "the state has another order",
      createInflate: (how) => changed(zlib.createInflate(how), { _writeState: [9, 63] }),
    },
    { name: "reset does nothing", createInflate: (how) => changed(zlib.createInflate(how), { reset: () => {} }) },
    { name: "an error is not told", createInflate: (how) => changed(zlib.createInflate(how), { destroy: () => {} }) },
    {
      name: "nothing is written",
      createInflate: (how) => changed(zlib.createInflate(how), { _handle: { writeSync: () => {} } }),
    },
  ];
  function changed(inflate: ReturnType<CreateInflate>, members: object): ReturnType<CreateInflate> {
    for (const [name, value] of Object.entries(members)) Object.defineProperty(inflate, name, { value });
    return inflate;
  }

  test.each(others)("because $name", async ({ createInflate }) => {
    const without = await loadWith(undefined);
    without.inspectPngSync(good, options);
    const { inspectPngSync, calls } = await loadWith(createInflate);
    for (const { name, bytes } of [...validImages(), ...invalidImages()]) {
      const result = inspectPngSync(bytes, options);
      expect({ name, result }).toEqual({ name, result: without.inspectPngSync(bytes, options) });
    }
    expect(calls.createInflate).toBe(1);
    expect(calls.inflateSync).toBe(without.calls.inflateSync - 1);
  });
});
