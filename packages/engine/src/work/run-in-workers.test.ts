import { once } from "node:events";
import { execFile } from "node:child_process";
import process from "node:process";
import { setImmediate as turn } from "node:timers/promises";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
// The built package, because a worker runs a file that only the build makes.
import { createVariations } from "@image-variations/engine";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { collect } from "../testing/collect.ts";
import { drawImage } from "../testing/draw-image.ts";

const image = drawImage("scene", 160, 120);
const started: Worker[] = [];
const keep = (worker: Worker): void => void started.push(worker);

beforeAll(() => void process.on("worker", keep));
afterAll(() => void process.off("worker", keep));

const alive = (): Worker[] => started.filter(({ threadId }) => threadId !== -1);

/** Resolves once fewer workers than that are alive. */
async function endBelow(count: number): Promise<void> {
  while (alive().length >= count) await Promise.race(alive().map((worker) => once(worker, "exit")));
}

describe("workers", () => {
  test("are no more than there are images", async () => {
    await collect(createVariations(image, { n: 2, workers: 8 }));
    expect(started).toHaveLength(2);
  });

  test("give the same bytes, however many there are", async () => {
    const byCount = [];
    for (const workers of [0, 1, 2, 3]) {
      byCount.push(await collect(createVariations(image, { n: 3, seed: 11, workers })));
    }
    for (const variations of byCount) expect(variations).toEqual(byCount[0]);
  });

  test("end when the loop is left while they are at work", async () => {
    for await (const { index } of createVariations(image, { n: 10, workers: 2 })) {
      expect(index).toBeLessThan(10);
      break;
    }
    await endBelow(1);
  });

  test("end when the signal is aborted, whatever they are doing", async () => {
    const controller = new AbortController();
    const work = collect(
      createVariations(drawImage("texture", 1024, 1024), {
        n: 1,
        workers: 1,
        signal: controller.signal,
        onProgress: () => controller.abort(new Error("That is enough.")),
      }),
    );
    await expect(work).rejects.toThrow("That is enough.");
    await endBelow(1);
  });

  test("end when the signal is aborted while the loop's body waits", async () => {
    const controller = new AbortController();
    const work = async (): Promise<void> => {
      for await (const { data } of createVariations(image, { n: 10, workers: 2, signal: controller.signal })) {
        expect(data.length).toBe(160 * 120 * 4);
        controller.abort(new Error("That is enough."));
        await endBelow(1);
      }
    };
    await expect(work()).rejects.toThrow("That is enough.");
  });

  test("end when onProgress throws", async () => {
    const onProgress = (): never => {
      throw new Error("No more.");
    };
    await expect(collect(createVariations(image, { n: 1, workers: 1, onProgress }))).rejects.toThrow("No more.");
    await endBelow(1);
  });

  test("leave this thread to its event loop", async () => {
    const state = { isDone: false };
    const work = collect(createVariations(image, { n: 2, workers: 1 })).finally(() => {
      state.isDone = true;
    });
    let turns = 0;
    while (!state.isDone) {
      await turn();
      turns += 1;
    }
    await work;
    expect(turns).toBeGreaterThan(20);
  });

  test.each([
    ["by a program without a file", ["--input-type=module"]],
    ["with options that a thread does not know", ["--input-type=module", "--expose-gc", "--title=engine"]],
  ])("start %s, and let the process exit", async (_, execArgv) => {
    const code = `
      import { createVariations } from "@image-variations/engine";
      const image = { width: 32, height: 32, data: new Uint8Array(32 * 32 * 4).fill(128) };
      const onWarning = ({ message }) => console.log(message);
      for await (const { seed } of createVariations(image, { n: 3, seed: 1, workers: 2, onWarning })) console.log(seed);
    `;
    const options = { cwd: import.meta.dirname };
    const { stdout } = await promisify(execFile)(process.execPath, [...execArgv, "--eval", code], options);
    expect(stdout.trim().split("\n").toSorted()).toEqual(["1", "2", "3"]);
  });
});
