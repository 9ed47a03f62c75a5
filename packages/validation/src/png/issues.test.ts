import { chunk, concatenate, createPng } from "@image-variations/png-corpus";
import { invalidImages } from "@image-variations/png-corpus/images";
import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { checkParameters, formatReport, inspectPng, type Issue, type ParameterTable } from "../index.ts";
import { fileIssues } from "./file-issues.ts";
import { headerIssues } from "./header-issues.ts";

/** Every issue of the corpus, and of limits that are not the specification's. */
async function everyIssue(): Promise<Issue[]> {
  const large = createPng({ colorType: 3, bitDepth: 8, width: 2 ** 22 + 2048, height: 1, paletteEntries: 1 });
  const files = [...invalidImages().map(({ bytes }) => bytes), createPng({ width: 12 }), large];
  const limits = [{ square: true }, { exclusiveMaximumBytes: 9 }, { warningFromBytes: 9 }];
  const inspections = files.flatMap((bytes) =>
    limits.map((limit) => inspectPng(bytes, { depth: "pixels", limits: limit, maxPixels: 2 ** 22 + 2048 })),
  );
  const issues = (await Promise.all(inspections)).flatMap((inspection) => inspection.issues);
  return [...issues, ...(await inspectPng(createPng(), { depth: "pixels", maxPixels: 1 })).issues];
}

test("every issue of the tables can be reported, with every fact filled in", async () => {
  const issues = await everyIssue();
  const tables: readonly string[] = Object.keys({ ...headerIssues, ...fileIssues });
  expect(tables.filter((code) => !issues.some((issue) => issue.code === code))).toEqual([]);
  for (const { message, fix } of issues) {
    expect(message).toMatch(/^[A-Za-z][^{}]*\.$/);
    expect(message).not.toMatch(/undefined|NaN|\[object/);
    expect(fix).toMatch(/^[A-Z].*\.$/);
  }
});

test.each<[code: string, message: string]>([
  ["chunk_missing", "No IDAT chunk: the file has no image data."],
  ["chunk_missing", "No PLTE chunk: an image with color type 3 needs one before IDAT."],
  ["chunk_duplicate", "A second PLTE chunk: at most one is allowed."],
  ["chunk_out_of_order", "PLTE must come before IDAT, not after IDAT."],
  ["chunk_out_of_order", "IDAT must come directly after IDAT, not after tEXt."],
  ["chunk_not_allowed", "PLTE is not allowed with color type 0."],
  ["chunk_length_invalid", "The length of gAMA must be 4 bytes, not 5 bytes."],
  ["chunk_length_invalid", "The length of PLTE must be 3 bytes for each of 1 to 2 colors, not 9 bytes."],
  ["chunk_unknown", "JDAT is an unknown critical chunk."],
  ["zlib_stream_invalid", "The zlib stream has a wrong checksum."],
  ["filter_type_invalid", "The filter type must be 0 to 4, not 9 in scanline 1 of pass 1."],
  ["not_square", "The image must be square, not 12x8."],
])("%s reads: %s", async (code, message) => {
  expect(await everyIssue()).toContainEqual(expect.objectContaining({ code, message }));
});

/** Files in which something is 0, 1, 2 or more bytes long: cut off anywhere, with more at the end, with chunks of any length. */
function filesOfEveryLength(): Uint8Array[] {
  const indexed = { colorType: 3, bitDepth: 1, width: 3, height: 3 };
  const file = createPng({ ...indexed, paletteEntries: 1, beforeData: [chunk("tRNS", new Uint8Array(1))] });
  const data = deflateSync(Uint8Array.of(0, 0));
  const lengths = [0, 1, 2, 3];
  return [
    ...Array.from({ length: file.length }, (_, length) => file.subarray(0, length)),
    ...lengths.flatMap((length) => {
      const bytes = new Uint8Array(length);
      const chunks = ["gAMA", "sRGB", "tRNS", "hIST", "bKGD", "IEND"].map((type) => chunk(type, bytes));
      const onePixel = { width: 1, height: 1, bitDepth: 8, colorType: 0 };
      const frames = Uint8Array.of(0, 0, 0, length, 0, 0, 0, 0);
      return [
        ...chunks.map((odd) => createPng({ ...indexed, paletteEntries: 1, beforeData: [odd] })),
        concatenate(createPng(), bytes),
        createPng({ ...onePixel, raw: bytes }),
        createPng({ ...onePixel, compressed: concatenate(data, bytes) }),
        createPng({ beforeData: [chunk("acTL", frames)] }),
        createPng({ width: 4000, height: 4000, compressed: data.subarray(0, 2 + length) }),
        concatenate(createPng().subarray(0, 8), chunk("IHDR", bytes), new Uint8Array(33)),
      ];
    }),
  ];
}

const things = "(?:compressed )?(?:byte|character|color|error|frame|image|pixel|scanline|warning)";
const wrongPlural = new RegExp(`(?<![\\w.])1 ${things}s\\b|(?<!(?<![\\w.])1 )(?<=\\d )${things}\\b(?!s)`);

test("every number of things in a message is followed by the right form of the word", async () => {
  const limits = [{}, { exclusiveMaximumBytes: 1 }, { warningFromBytes: 1 }, { exclusiveMaximumBytes: 2 }];
  const messages = new Set<string>();
  for (const bytes of filesOfEveryLength()) {
    for (const limit of limits) {
      for (const maxPixels of [1, 2, Infinity]) {
        const { issues } = await inspectPng(bytes, { depth: "pixels", limits: limit, maxPixels, all: true });
        for (const { message, received, allowed } of issues) messages.add(`${message} (${received}; ${allowed})`);
      }
    }
  }
  for (const amount of [0, 1, 2]) {
    const table: ParameterTable = [
      { name: "short", kind: "string", maximum: amount },
      { name: "long", kind: "string", minimum: amount },
      { name: "few", kind: "images", maximum: amount },
      { name: "many", kind: "images", minimum: amount },
    ];
    const images = [1, 2, 3].map(() => createPng());
    const { issues, warnings } = checkParameters(table, { short: "otter", long: "", few: images, many: [] });
    for (const { message, fix } of issues) messages.add(`${message} (${fix})`);
    messages.add(formatReport({ issues: issues.slice(0, amount), warnings }));
  }
  expect(wrongPlural.test("It has 1 bytes.") && wrongPlural.test("It has 21 byte.")).toBe(true);
  expect([...messages].filter((message) => wrongPlural.test(message))).toEqual([]);
  const seen = ["1 byte ", "1 byte.", "1 byte,", "1 frame,", "1 color,", "1 pixel ", "1 character,", "1 image,"];
  expect(seen.filter((text) => ![...messages].some((message) => message.includes(text)))).toEqual([]);
});
