import { faultyPictures } from "@image-variations/png-corpus/faulty-pictures.ts";
import type { FaultyPicture } from "@image-variations/png-corpus/picture.ts";
import { validPictures } from "@image-variations/png-corpus/valid-pictures.ts";
import { describe, expect, test } from "vitest";
import { inspectPng, type Finding, type InspectionDepth } from "../index.ts";

const depths: readonly InspectionDepth[] = ["header", "structure", "pixels"];
const limits = { square: true };

test("in a valid picture there is nothing to find", async () => {
  const pictures = validPictures();
  const found: unknown[] = [];
  for (const { name, bytes } of pictures) {
    const { findings } = await inspectPng(bytes, { depth: "pixels", limits, maxPixels: Infinity });
    if (findings.length > 0) found.push({ name, findings });
  }
  expect(found).toEqual([]);
  expect(pictures.length).toBeGreaterThan(1000);
});

describe("each rule that is broken is found, and nothing beside it", () => {
  const codesOf = (findings: readonly Finding[]): string => [...new Set(findings.map(({ code }) => code))].join(" ");

  test.each(faultyPictures())("$depth: $name: $code", async ({ bytes, code, depth, severity }: FaultyPicture) => {
    for (const shallow of depths.slice(0, depths.indexOf(depth))) {
      expect((await inspectPng(bytes, { depth: shallow, limits, maxPixels: Infinity })).findings).toEqual([]);
    }
    const { valid, findings, errorCount, warningCount } = await inspectPng(bytes, {
      depth,
      limits,
      maxPixels: Infinity,
    });
    expect(codesOf(findings)).toBe(code);
    expect(valid).toBe(severity === "warning");
    expect(findings.every((finding) => finding.severity === severity)).toBe(true);
    expect(errorCount + warningCount).toBe(findings.length);
  });
});
