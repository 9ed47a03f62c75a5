import { invalidImages } from "@image-variations/png-corpus/invalid-images.ts";
import { createPng } from "@image-variations/png-corpus/create-png.ts";
import { expect, test } from "vitest";
import { inspectPng, type Issue } from "../index.ts";
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
