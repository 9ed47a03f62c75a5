import { expect, test } from "vitest";
import { Arena } from "./kernels/arena.ts";
import { createPlainKernels } from "./kernels/plain-kernels.ts";
import { createKernels } from "./kernels/create-kernels.ts";
import { makeVariation, memoryNeeded, prepareSubject } from "./make-variation.ts";
import { resolveOptions } from "./resolve-options.ts";
import { drawImage } from "./testing/draw-image.ts";
import { finish } from "./work/work.ts";

const report = (): void => undefined;

test("the plain kernels make the same image as the SIMD kernels", async () => {
  const image = drawImage("scene", 100, 80);
  const settings = resolveOptions(image);
  const simd = await createKernels(memoryNeeded(image, settings));
  expect(simd.kind).toBe("simd");
  const [first, second] = [simd, createPlainKernels(memoryNeeded(image, settings))].map((kernels) => {
    const arena = new Arena(kernels);
    return finish(makeVariation(arena, finish(prepareSubject(arena, image, settings)), { settings, seed: 9, report }));
  });
  expect(first).toEqual(second);
});

test.for([
  { width: 1, height: 1, size: 16 },
  { width: 300, height: 300, size: 300 },
  { width: 650, height: 650, size: 300 },
  { width: 1100, height: 300, size: 512 },
  { width: 4096, height: 40, size: 2048 },
  { width: 90, height: 90, size: 600 },
])(
  "$width × $height at $size stays within the memory that it asks for, and frees it",
  async ({ width, height, size }) => {
    const image = drawImage("texture", width, height);
    const settings = resolveOptions(image, { size, strength: 1, remix: 1.1 });
    const arena = new Arena(await createKernels(memoryNeeded(image, settings)));
    const subject = finish(prepareSubject(arena, image, settings));
    const mark = arena.mark();
    finish(makeVariation(arena, subject, { settings, seed: 1, report }));
    expect(arena.mark()).toBe(mark);
  },
);

test("work is cut into slices that are short enough to hear a signal", async () => {
  const image = drawImage("texture", 512, 512);
  const settings = resolveOptions(image, { strength: 1 });
  const arena = new Arena(await createKernels(memoryNeeded(image, settings)));
  const count = <Result>(work: Generator<void, Result>): { slices: number; result: Result } => {
    for (let slices = 0; ; slices++) {
      const step = work.next();
      if (step.done) return { slices, result: step.value };
    }
  };
  const { slices, result } = count(prepareSubject(arena, image, settings));
  expect(slices).toBeGreaterThan(50);
  expect(count(makeVariation(arena, result, { settings, seed: 1, report })).slices).toBeGreaterThan(500);
});
