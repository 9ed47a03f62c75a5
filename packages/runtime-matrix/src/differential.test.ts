import { invalidImages, validImages } from "@image-variations/png-corpus/images";
import { inspectPng } from "@image-variations/validation";
import { afterAll, describe, expect, test } from "vitest";
import { startLibpng } from "./judges/libpng.ts";
import { isStricterThanLibpng, libpngsOwnLimits } from "./judges/stricter-than-libpng.ts";
import { mutate, randomOf } from "./mutate.ts";

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const mutations = Number(process.env.MUTATIONS ?? 5000);
const libpng = startLibpng();
if (!libpng && process.env.CI === "true") throw new Error("There is no libpng to compile against: install libpng-dev.");
afterAll(() => libpng?.[Symbol.asyncDispose]());

const valid = validImages();
const faulty = invalidImages();

describe.skipIf(!libpng)("libpng and ours", () => {
  test("libpng finds nothing in the valid pictures", async () => {
    const found: unknown[] = [];
    for (const { name, bytes } of valid) {
      const verdict = await libpng!.judge(bytes);
      if (!verdict.accepted || verdict.warnings > 0) found.push({ name, ...verdict });
    }
    expect(found).toEqual([]);
  });

  test.each(faulty)("$name: libpng agrees, or is known not to", async ({ bytes, severity }) => {
    const { accepted } = await libpng!.judge(bytes);
    const { issues } = await inspectPng(bytes, { depth: "pixels", limits: {}, maxPixels: Infinity, all: true });
    const errors = issues.filter((issue) => issue.severity === "error");
    expect(errors.length > 0).toBe(severity === "error");
    expect(accepted || errors.length > 0).toBe(true);
    expect(!accepted || errors.every(isStricterThanLibpng)).toBe(true);
  });

  test(`on ${mutations} mutations, seed ${seed}`, { timeout: 600_000 }, async () => {
    const random = randomOf(seed);
    const pictures = [...valid, ...faulty];
    const disagreements: unknown[] = [];
    const counts = { "both refuse": 0, "both accept": 0, "only libpng accepts": 0, "only ours accepts": 0 };
    for (let index = 0; index < mutations; index++) {
      const picture = pictures[random(2) ? random(pictures.length) : valid.length + random(faulty.length)]!;
      let bytes = mutate(picture.bytes, random);
      if (random(3) === 0) bytes = mutate(bytes, random);
      const ours = await inspectPng(bytes, { depth: "pixels", limits: {}, maxPixels: Infinity, all: true });
      const theirs = await libpng!.judge(bytes);
      const errors = ours.issues.filter(({ severity }) => severity === "error");
      if (ours.valid === theirs.accepted) counts[ours.valid ? "both accept" : "both refuse"]++;
      else counts[ours.valid ? "only ours accepts" : "only libpng accepts"]++;
      const explained = ours.valid ? libpngsOwnLimits.test(theirs.message) : errors.every(isStricterThanLibpng);
      if (ours.valid !== theirs.accepted && !explained) {
        disagreements.push({ index, picture: picture.name, errors, libpng: theirs.message });
      }
    }
    console.log(`seed ${seed}, ${mutations} mutations:`, counts);
    expect(disagreements).toEqual([]);
  });
});
