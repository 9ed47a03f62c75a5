// The engine's speed and memory: a part of pnpm bench. --help says the rest.
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CommandError, runCommand } from "@image-variations/command";
import { createVariations, type PixelImage } from "@image-variations/engine";
import { Arena } from "../../../engine/src/kernels/arena.ts";
import type { Kernels } from "../../../engine/src/kernels/kernels.ts";
import { createPlainKernels } from "../../../engine/src/kernels/plain-kernels.ts";
import { createWasmKernels } from "../../../engine/src/kernels/wasm-kernels.ts";
import { makeVariation, memoryNeeded, prepareSubject } from "../../../engine/src/make-variation.ts";
import { resolveOptions } from "../../../engine/src/resolve-options.ts";
import { drawImage } from "../../../engine/src/testing/draw-image.ts";
import { finish } from "../../../engine/src/work/work.ts";

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

function report(label: string, value: number, goal: number, isMet: boolean): void {
  if (!isMet) process.exitCode = 1;
  console.log(`${label}: ${value.toFixed(2)} (goal ${goal})${isMet ? "" : ", missed"}`);
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** What this thread worked, whatever else the machine did meanwhile. */
function threadSeconds(work: () => void): number {
  const start = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1e6;
}

/** One image from analysis to tone, with these kernels. */
function makeOne(image: PixelImage, kernels: Kernels): void {
  const settings = resolveOptions(image, {});
  const arena = new Arena(kernels);
  const subject = finish(prepareSubject(arena, image, settings));
  finish(makeVariation(arena, subject, { settings, seed: 1, report: () => undefined }));
}

async function makeTen(image: PixelImage, workers: number): Promise<void> {
  for await (const variation of createVariations(image, { n: 10, seed: 1, workers })) void variation;
}

/** What a module prints in a process of its own. */
function printedBy(code: string): string {
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  return execFileSync(process.execPath, ["--input-type=module", "--eval", code], { cwd, encoding: "utf8" });
}

/** How long ten images take where no worker has been started, and no code compiled. */
function secondsInNewProcess(workers: number): number {
  return Number(
    printedBy(`
      import { createVariations } from "@image-variations/engine";
      import { drawImage } from "../../../engine/src/testing/draw-image.ts";
      const image = drawImage("texture", 512, 512);
      const start = performance.now();
      for await (const variation of createVariations(image, { n: 10, seed: 1, workers: ${workers} })) void variation;
      console.log((performance.now() - start) / 1000);
    `),
  );
}

const benchmarks: Record<string, (rounds: number) => Promise<void>> = {
  async simd(rounds) {
    const image = drawImage("texture", 256, 256);
    const bytes = memoryNeeded(image, resolveOptions(image, {}));
    const simd = await createWasmKernels(bytes);
    if (!simd) throw new Error("This runtime has no WASM SIMD.");
    const plain = createPlainKernels(bytes);
    makeOne(image, simd);
    makeOne(image, plain);
    const ratios: number[] = [];
    for (let round = 0; round < rounds; round++) {
      const slow = threadSeconds(() => makeOne(image, plain));
      ratios.push(slow / threadSeconds(() => makeOne(image, simd)));
    }
    const ratio = median(ratios);
    report("SIMD against the plain kernels, a texture at 256², times as fast", ratio, 4, ratio >= 4);
  },
  async workers(rounds) {
    const image = drawImage("texture", 512, 512);
    const ratios: number[] = [];
    // Workers are kept for the next call, so the first round starts them, and has their code compiled.
    for (let round = 0; round <= rounds; round++) {
      const one = await seconds(() => makeTen(image, 1));
      ratios.push(one / (await seconds(() => makeTen(image, 2))));
    }
    const ratio = median(ratios.slice(1));
    report("two workers against one, ten images at 512², times as fast", ratio, 1.8, ratio >= 1.8);
    const cold: number[] = [];
    for (let round = 0; round < Math.min(rounds, 3); round++)
      cold.push(secondsInNewProcess(1) / secondsInNewProcess(2));
    console.log(`the same in a process of its own, start-up and compilation included: ${median(cold).toFixed(2)}`);
  },
  async seconds(rounds) {
    for (const [side, goal] of [
      [256, 0.3],
      [512, 0.6],
      [1024, 2],
    ] as const) {
      for (const kind of ["texture", "scene"] as const) {
        const image = drawImage(kind, side, side);
        const simd = await createWasmKernels(memoryNeeded(image, resolveOptions(image, {})));
        if (!simd) throw new Error("This runtime has no WASM SIMD.");
        const times: number[] = [];
        for (let round = 0; round < rounds; round++) times.push(threadSeconds(() => makeOne(image, simd)));
        // The machine decides, so this only informs.
        console.log(`${side}², ${kind}: ${median(times).toFixed(2)} s of CPU an image (goal ${goal})`);
      }
    }
  },
  async rss() {
    const code = `
      import { createVariations } from "@image-variations/engine";
      const data = new Uint8Array(1024 * 1024 * 4);
      for (let i = 0; i < data.length; i++) data[i] = i % 4 === 3 ? 255 : Math.imul(i >> 5, 0x9e3779b1) >>> 24;
      const image = { width: 1024, height: 1024, data };
      for await (const variation of createVariations(image, { n: 2, seed: 1, workers: 1 })) void variation;
      console.log(process.resourceUsage().maxRSS);
    `;
    const printed = printedBy(code);
    const megabytes = Number(printed) / 1024;
    report("one worker at 1024², MiB of memory at most", megabytes, 260, megabytes <= 260);
  },
};

const names = Object.keys(benchmarks).join(", ");

await runCommand({
  help: `node packages/benchmarks/src/engine/speed.ts [rounds] [name]

Measures the built engine's speed and memory, and ends with 1 if a goal is missed.

  rounds   how often each subject is measured. Default: 5
  name     measure this alone: ${names}
`,
  maximumPositionals: 2,
  async run({ positionals: [rounds = "5", name] }) {
    if (!/^[1-9]\d*$/.test(rounds)) throw new CommandError(`Rounds must be a positive integer, received "${rounds}".`);
    if (name !== undefined && !Object.hasOwn(benchmarks, name)) {
      throw new CommandError(`No benchmark is called "${name}". Pass one of ${names}; or nothing, for all.`);
    }
    for (const [each, run] of Object.entries(benchmarks)) if (!name || name === each) await run(Number(rounds));
  },
});
