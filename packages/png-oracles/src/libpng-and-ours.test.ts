import { invalidImages } from "@image-variations/png-corpus/images";
import { mutate, randomOf } from "@image-variations/png-corpus/mutate-png";
import { validImages } from "@image-variations/png-corpus/images";
import { inspectPng } from "@image-variations/validation";
import { afterAll, describe, expect, test } from "vitest";
import { startLibpng } from "./libpng/start-libpng.ts";
import { isStricterThanLibpng, libpngsOwnLimits } from "./libpng/stricter-than-libpng.ts";

const seed = Number(process.env["SEED"] ?? Math.floor(Math.random() * 2 ** 31));
const mutations = Number(process.env["MUTATIONS"] ?? 5000);
const libpng = startLibpng();
if (!libpng && process.env["CI"] === "true") throw new Error("libpng is missing: install a C compiler and libpng-dev.");
afterAll(() => libpng?.[Symbol.asyncDispose]());

const valid = validImages();
const invalid = invalidImages();

describe.skipIf(!libpng)("libpng and ours", () => {
  test("libpng has no complaint about the valid images", async () => {
    const found: unknown[] = [];
    for (const { name, bytes } of valid) {
      const verdict = await libpng!.read(bytes);
      if (verdict.outcome === "rejected" || verdict.warnings > 0) found.push({ name, ...verdict });
    }
    expect(found).toEqual([]);
  });

  test.each(invalid)("give the same verdict on $name, or a rule says why not", async ({ bytes, severity }) => {
    const { outcome } = await libpng!.read(bytes);
    const { issues } = await inspectPng(bytes, { depth: "pixels", limits: {}, maxPixels: Infinity, all: true });
    const errors = issues.filter((issue) => issue.severity === "error");
    expect(errors.length > 0).toBe(severity === "error");
    expect(outcome === "accepted" || errors.length > 0).toBe(true);
    expect(outcome === "rejected" || errors.every(isStricterThanLibpng)).toBe(true);
  });

  test(`give the same verdict on ${mutations} mutations, seed ${seed}, or a rule says why not`, async () => {
    const random = randomOf(seed);
    const images = [...valid, ...invalid];
    const disagreements: unknown[] = [];
    const counts = { "both reject": 0, "both accept": 0, "only libpng accepts": 0, "only ours accepts": 0 };
    for (let index = 0; index < mutations; index++) {
      const image = images[random(2) ? random(images.length) : valid.length + random(invalid.length)]!;
      let bytes = mutate(image.bytes, random);
      if (random(3) === 0) bytes = mutate(bytes, random);
      const ours = await inspectPng(bytes, { depth: "pixels", limits: {}, maxPixels: Infinity, all: true });
      const { outcome, message } = await libpng!.read(bytes);
      const errors = ours.issues.filter(({ severity }) => severity === "error");
      const theyAccept = outcome === "accepted";
      if (ours.valid === theyAccept) counts[ours.valid ? "both accept" : "both reject"]++;
      else counts[ours.valid ? "only ours accepts" : "only libpng accepts"]++;
      const explained = ours.valid ? libpngsOwnLimits.test(message) : errors.every(isStricterThanLibpng);
      if (ours.valid !== theyAccept && !explained) {
        disagreements.push({ index, image: image.name, errors, libpng: message });
      }
    }
    console.log(`seed ${seed}, ${mutations} mutations:`, counts);
    expect(disagreements).toEqual([]);
  });
});
