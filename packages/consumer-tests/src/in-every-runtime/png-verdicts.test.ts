import { invalidImages, validImages } from "@image-variations/png-corpus/images";
import { beforeAll, describe, expect, test } from "vitest";
import { bundleSuite } from "./bundle-suite.ts";
import { mutate, randomOf } from "@image-variations/png-corpus/mutate-png";
import { packFiles } from "./pack-files.ts";
import { runtimes } from "../runtimes/runtimes.ts";
import type { PngVerdicts } from "./suites/png-verdicts.ts";

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const each = Number(process.env.INPUTS ?? 10_000);
const [reference, ...others] = runtimes;

function inputs(): Uint8Array[] {
  const random = randomOf(seed);
  const valid = validImages().map(({ bytes }) => bytes);
  const faulty = invalidImages().map(({ bytes }) => bytes);
  const large = valid.filter(({ length }) => length > 4000);
  const noise = Array.from({ length: each }, () => {
    const bytes = Uint8Array.from({ length: random(400) }, () => random(256));
    // Half of them begin like a PNG, so that there is something to look into.
    if (random(2)) bytes.set(valid[0]!.subarray(0, Math.min(8 + random(50), bytes.length)));
    return bytes;
  });
  const sources = [valid, faulty, faulty, large];
  const mutated = Array.from({ length: each }, () => {
    const images = sources[random(100) < 5 ? 3 : random(3)]!;
    return mutate(images[random(images.length)]!, random);
  });
  return [...valid, ...faulty, ...noise, ...mutated];
}

describe(`${each} random and ${each} mutated files, and the corpus, seed ${seed}`, () => {
  const files = inputs();
  const packed = packFiles(files);
  let bundle: string;
  let expected: PngVerdicts;

  beforeAll(async () => {
    bundle = await bundleSuite(new URL("./suites/png-verdicts.ts", import.meta.url));
    expected = (await reference!.run(bundle, packed)) as PngVerdicts;
    console.log(`${reference!.name}: the slowest of ${files.length} files took ${expected.slowest.toFixed(1)} ms`);
  });

  test.for(others)("$name finds what Node 24 finds", async ({ name, missing, run }, { skip }) => {
    // A machine may lack a runtime; the one that decides may not.
    skip(missing !== undefined && process.env.CI !== "true", `${name} was not asked: ${missing}.`);
    const start = performance.now();
    const { verdicts, slowest } = (await run(bundle, packed)) as PngVerdicts;
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(
      `${name}: the slowest of ${files.length} files took ${slowest.toFixed(1)} ms, all of them ${seconds} s`,
    );
    const differing = verdicts.flatMap((verdict, index) => (verdict === expected.verdicts[index] ? [] : [index]));
    expect(differing.map((index) => Array.from(files[index]!.subarray(0, 200)).join(" "))).toEqual([]);
    expect(verdicts).toHaveLength(files.length);
  });
});
