import { execFileSync } from "node:child_process";
import { Readable } from "node:stream";
import { crc32, createDeflate, deflateSync, inflateSync } from "node:zlib";
import { concatenate, createPng } from "@image-variations/png-corpus";
import { inspectPng, inspectPngSync } from "@image-variations/validation";
import { imageSize } from "image-size";
import { PNG } from "pngjs";
import sharp from "sharp";
import { importPortably } from "./import-portably.ts";
import { photograph } from "./photograph.ts";

/** Of fewer rounds, the lower quartile is little more than the best, while the compiler is still at work. */
const leastRounds = 15;
const raw = photograph(1024, 4);
const compressed = deflateSync(raw);
const recipe = { width: 1024, height: 1024, colorType: 6, compressed };
const png = createPng({ ...recipe, idatBytes: 64 * 1024 });
const smallChunks = createPng({ ...recipe, idatBytes: 8 * 1024 });
const buffer = Buffer.from(png.buffer);

interface Contest {
  readonly name: string;
  readonly ours: () => unknown;
  readonly peer: string;
  readonly theirs: () => unknown;
  /** How much of the peer's time it may take. Default: as much as it takes. */
  readonly goal?: number;
  /** How many calls both make at once, where one is too short to measure. */
  readonly calls?: number;
}

const structure =
  (bytes: Uint8Array): (() => unknown) =>
  () =>
    inspectPng(bytes);
const pixels = (): unknown => inspectPng(png, { depth: "pixels" });
const inspectPortably = await importPortably();
const rawDecode = (): unknown => sharp(buffer).raw().toBuffer();
const header = { depth: "header" } as const;
const headerCalls = 20_000;
const sizeManyTimes = (): void => {
  for (let call = 0; call < headerCalls; call++) imageSize(png);
};
const contests: readonly Contest[] = [
  {
    name: "header",
    ours: () => {
      for (let call = 0; call < headerCalls; call++) inspectPngSync(png, header);
    },
    peer: "image-size",
    theirs: sizeManyTimes,
    goal: 1 / 20,
    calls: headerCalls,
  },
  {
    name: "header, as a promise",
    ours: async () => {
      for (let call = 0; call < headerCalls; call++) await inspectPng(png, header);
    },
    peer: "image-size",
    theirs: sizeManyTimes,
    calls: headerCalls,
  },
  { name: "structure, 64 KiB", ours: structure(png), peer: "one zlib.crc32", theirs: () => crc32(png), goal: 1.15 },
  {
    name: "structure, 8 KiB",
    ours: structure(smallChunks),
    peer: "one zlib.crc32",
    theirs: () => crc32(smallChunks),
    goal: 1.35,
  },
  {
    name: "structure in JS",
    ours: () => inspectPortably(png),
    peer: "one zlib.crc32",
    theirs: () => crc32(png),
    goal: 3,
  },
  { name: "pixels", ours: pixels, peer: "zlib.inflateSync", theirs: () => inflateSync(compressed), goal: 1.1 },
  { name: "pixels", ours: pixels, peer: "sharp, raw", theirs: rawDecode, goal: 1 },
  { name: "pixels", ours: pixels, peer: "pngjs", theirs: () => PNG.sync.read(buffer), goal: 0.4 },
  {
    name: "pixels in JS",
    ours: () => inspectPortably(png, { depth: "pixels" }),
    peer: "pngjs",
    theirs: () => PNG.sync.read(buffer),
  },
];

/**
 * The lower quartiles of both in milliseconds, measured by turns: so whatever else the machine does falls on both, and
 * on few of the rounds that count.
 */
async function measure({ ours, theirs, calls = 1 }: Contest, rounds: number): Promise<[number, number]> {
  const times: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const [side, run] of [ours, theirs].entries()) {
      const start = performance.now();
      await run();
      times[side]!.push((performance.now() - start) / calls);
    }
  }
  return times.map((side) => side.toSorted((a, b) => a - b)[rounds >> 2]!) as [number, number];
}

/** An empty image, compressed row by row, so that its making doesn't take the memory that its check must not. */
async function emptyImage(size: number): Promise<Uint8Array> {
  const row = new Uint8Array(1 + size * 4);
  const rows = Readable.from(
    (function* () {
      for (let y = 0; y < size; y++) yield row;
    })(),
  );
  const pieces: Uint8Array[] = [];
  for await (const piece of rows.pipe(createDeflate())) pieces.push(piece as Uint8Array);
  return createPng({ width: size, height: size, colorType: 6, compressed: concatenate(...pieces) });
}

/** The most memory that a process of its own takes to check an image, in MiB, beyond one that only reads the file. */
function memory(input: Uint8Array, prelude = ""): number {
  const peak = (inspection: string): number => {
    const code = `
      import { readFileSync } from "node:fs";
      ${prelude}
      const { inspectPng } = await import("@image-variations/validation");
      const bytes = new Uint8Array(readFileSync(0));
      ${inspection}
      console.log(/VmHWM:\\s+(\\d+)/.exec(readFileSync("/proc/self/status", "utf8"))[1] / 1024);
    `;
    const options = ["--input-type=module", "-e", code];
    return Number(execFileSync(process.execPath, options, { input, cwd: import.meta.dirname }));
  };
  const check = `if (!(await inspectPng(bytes, { depth: "pixels", maxPixels: Infinity })).valid) throw new Error("It is valid.");`;
  return Math.max(0, median(() => peak(check)) - median(() => peak("")));
}

/** The middle one of five. */
function median(take: () => number): number {
  return Array.from({ length: 5 }, take).toSorted((a, b) => a - b)[2]!;
}

const format = (milliseconds: number): string =>
  milliseconds < 0.1 ? `${(milliseconds * 1000).toFixed(3)} µs` : `${milliseconds.toFixed(2)} ms`;

/**
 * Measures each depth whose name begins so in 15 rounds or more, as ratios to peers in the same run, on one image of 1024x1024 and 3.9 MB. Sets
 * the exit code to 1 if a goal is missed.
 */
export async function benchDepths(requestedRounds: number, only: string): Promise<void> {
  const rounds = Math.max(leastRounds, requestedRounds);
  const rows: object[] = [];
  for (const contest of contests.filter(({ name }) => name.startsWith(only))) {
    await measure(contest, rounds);
    const [ours, theirs] = await measure(contest, rounds);
    const ratio = ours / theirs;
    const { name, peer, goal = Infinity } = contest;
    const missed = ratio > goal;
    if (missed) process.exitCode = 1;
    rows.push({
      depth: name,
      ours: format(ours),
      peer,
      "the peer": format(theirs),
      ratio: ratio.toFixed(3),
      "at most": goal === Infinity ? "" : `${goal.toFixed(2)}${missed ? ": MISSED" : ""}`,
    });
  }
  if (rows.length > 0) {
    console.log(`\nOne PNG of 1024x1024, RGBA, ${png.length} bytes, looked into (lower quartiles of ${rounds})`);
    console.table(rows);
  }
}

/** Prints the memory that a check of the pixels takes. */
export async function benchMemory(): Promise<void> {
  console.log("\nMemory at depth pixels beyond an idle process that has read the file, by the size of an empty image");
  for (const size of [1024, 4096, 8192, 16_384]) {
    const empty = await emptyImage(size);
    const [native, ours] = [memory(empty), memory(empty, "process.getBuiltinModule = undefined;")];
    console.log(`  ${size}x${size}: ${native.toFixed(1)} MiB, without zlib ${ours.toFixed(1)} MiB`);
  }
}
