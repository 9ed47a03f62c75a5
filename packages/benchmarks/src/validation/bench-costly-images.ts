import { inflateSync } from "node:zlib";
import { costlyImages } from "@image-variations/png-corpus/images";
import { inspectPng } from "@image-variations/validation";
import { importPortably } from "./import-portably.ts";

/** How much of zlib's time the check of the pixels may take, on any file but those below. */
const goal = 3;
/**
 * The same of indexed images whose palette isn't full: to see their indices, filters have to be undone, which zlib
 * doesn't do. It takes milliseconds, and most behind the filter Paeth.
 */
const goalOfIndexed = 9;
/** How long the thread may be held in one turn, in milliseconds. */
const longestTurn = 50;
/** A side is measured for so many milliseconds of CPU time: the clock for it goes in steps of 4. */
const enough = 120;

/** Every image of the corpus that asks for as much work as it can, checked with and without zlib, beside `inflateSync`. */
export async function benchCostlyImages(): Promise<void> {
  const inspectPortably = await importPortably();
  console.log("\nCostly images at depth pixels, CPU time beside zlib.inflateSync of their IDAT; turns in milliseconds");
  const worst: { [what: string]: number } = {};
  for (const { name, make } of costlyImages()) {
    const { bytes, compressed } = await make();
    const check = (inspect: typeof inspectPng) => async (): Promise<void> => {
      const { valid, issues } = await inspect(bytes, { depth: "pixels", limits: {} });
      if (!valid) throw new Error(`${name}: ${issues[0]?.message}`);
    };
    const theirs = async (): Promise<void> => void inflateSync(compressed);
    const { zlib, native, portable } = await cpuTimes({
      zlib: theirs,
      native: check(inspectPng),
      portable: check(inspectPortably),
    });
    const [nativeTurn, portableTurn] = [await turnOf(check(inspectPng)), await turnOf(check(inspectPortably))];
    const ratio = name.startsWith("indexed") ? "ratio of indexed" : "ratio";
    const measured = {
      [ratio]: native / zlib,
      [`${ratio} in JS`]: portable / zlib,
      "longest turn": nativeTurn,
      "longest turn in JS": portableTurn,
    };
    for (const [key, value] of Object.entries(measured)) worst[key] = Math.max(worst[key] ?? 0, value);
    const shown = Object.entries(measured).map(([key, value]) => `${key} ${value.toFixed(2)}`);
    console.log(`  ${name.padEnd(42)} ${bytes.length} bytes, zlib ${zlib.toFixed(2)} ms, ${shown.join(", ")}`);
  }
  for (const [key, value] of Object.entries(worst)) {
    const most = key.startsWith("ratio of indexed") ? goalOfIndexed : key.startsWith("ratio") ? goal : longestTurn;
    const isMissed = value > most;
    if (isMissed) process.exitCode = 1;
    console.log(`  worst ${key}: ${value.toFixed(2)}, at most ${most}${isMissed ? ": MISSED" : ""}`);
  }
}

/** The CPU time of each, of all threads, in milliseconds: by turns, until there is enough of all of them. */
async function cpuTimes<Name extends string>(
  sides: Readonly<Record<Name, () => Promise<void>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(sides) as Name[];
  const times = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  for (const name of names) await sides[name]();
  let rounds = 0;
  for (; names.some((name) => times[name] < enough); rounds++) {
    for (const name of names) {
      const before = process.cpuUsage();
      await sides[name]();
      const { user, system } = process.cpuUsage(before);
      times[name] += (user + system) / 1000;
    }
  }
  for (const name of names) times[name] /= rounds;
  return times;
}

/** The most CPU time that this thread spends between two turns of the event loop: what else runs is not in it. */
async function turnOf(run: () => Promise<void>): Promise<number> {
  let longest = 0;
  let isDone = false;
  let before = process.threadCpuUsage();
  const turn = (): void => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.threadCpuUsage();
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  await new Promise(setImmediate);
  await run();
  isDone = true;
  await new Promise(setImmediate);
  return longest;
}
