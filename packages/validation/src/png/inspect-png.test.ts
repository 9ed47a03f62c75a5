import { type InvalidImage, invalidImages, validImages } from "@image-variations/png-corpus/images";
import { describe, expect, test } from "vitest";
import { inspectPng, type Issue, type InspectionDepth } from "../index.ts";

const depths: readonly InspectionDepth[] = ["header", "structure", "pixels"];
const limits = { square: true };

test("finds no issues in valid images", async () => {
  const images = validImages();
  const found: unknown[] = [];
  for (const { name, bytes } of images) {
    const { issues } = await inspectPng(bytes, { depth: "pixels", limits, maxPixels: Infinity });
    if (issues.length > 0) found.push({ name, issues });
  }
  expect(found).toEqual([]);
  expect(images.length).toBeGreaterThan(1000);
});

test("reports where in the file each rule is broken, what was received and allowed, and what to do", async () => {
  const lines: string[] = [];
  for (const { name, bytes } of invalidImages()) {
    const { issues } = await inspectPng(bytes, { depth: "pixels", limits, maxPixels: Infinity, all: true });
    lines.push(`# ${name}`);
    for (const { code, severity, path, message, received, allowed, fix, ...place } of issues) {
      lines.push(`${severity} ${code} ${JSON.stringify(path)} ${JSON.stringify(place)}: ${message}`);
      lines.push(`  ${JSON.stringify({ received, allowed })} ${fix}`);
    }
  }
  // A new sentence or place shows in the diff of the snapshot; `vitest -u` accepts it.
  expect(lines.join("\n")).toMatchSnapshot();
});

describe("reports each broken rule and nothing else", () => {
  const codesOf = (issues: readonly Issue[]): string => [...new Set(issues.map(({ code }) => code))].join(" ");

  test.each(invalidImages())("$depth: $name: $code", async ({ bytes, code, depth, severity }: InvalidImage) => {
    for (const shallow of depths.slice(0, depths.indexOf(depth))) {
      expect((await inspectPng(bytes, { depth: shallow, limits, maxPixels: Infinity })).issues).toEqual([]);
    }
    const { valid, issues, errorCount, warningCount } = await inspectPng(bytes, {
      depth,
      limits,
      maxPixels: Infinity,
    });
    expect(codesOf(issues)).toBe(code);
    expect(valid).toBe(severity === "warning");
    expect(issues.every((issue) => issue.severity === severity)).toBe(true);
    expect(errorCount + warningCount).toBe(issues.length);
  });
});
