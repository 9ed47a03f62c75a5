import { once } from "node:events";
import { execFile } from "node:child_process";
import process from "node:process";
import { setImmediate as turn } from "node:timers/promises";
import { promisify } from "node:util";
import type { Worker } from "node:worker_threads";
// The built package, because a worker runs a file that only the build makes.
import { createVariations } from "@image-variations/engine";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collect } from "../testing/collect.ts";
import { drawImage } from "../testing/draw-image.ts";

const image = drawImage("scene", 160, 120);
const started: Worker[] = [];
const keep = (worker: Worker): void => void started.push(worker);

beforeEach(() => {
  started.length = 0;
  process.on("worker", keep);
});
afterEach(() => void process.off("worker", keep));

/** Resolves once every worker that was started has ended. */
async function allEnded(): Promise<void> {
  for (const worker of started) if (worker.threadId !== -1) await once(worker, "exit");
}

describe("workers", () => {
  test("give the same bytes, however many there are", async () => {
    const byCount = [];
    for (const workers of [0, 1, 2, 3]) {
      started.length = 0;
      byCount.push(await collect(createVariations(image, { n: 3, seed: 11, workers })));
      expect(started).toHaveLength(workers);
    }
    for (const variations of byCount) expect(variations).toEqual(byCount[0]);
  });

  test("are no more than there are images, and end when all is done", async () => {
    await collect(createVariations(image, { n: 2, workers: 8 }));
    expect(started).toHaveLength(2);
    await allEnded();
  });

  test("end when the loop is left", async () => {
    for await (const { index } of createVariations(image, { n: 10, workers: 2 })) {
      expect(index).toBeLessThan(10);
      break;
    }
    await allEnded();
  });

  test("end when the signal is aborted, whatever they are doing", async () => {
    const controller = new AbortController();
    const work = collect(
      createVariations(drawImage("texture", 1024, 1024), {
        n: 4,
        workers: 2,
        signal: controller.signal,
        onProgress: () => controller.abort(new Error("That is enough.")),
      }),
    );
    await expect(work).rejects.toThrow("That is enough.");
    await allEnded();
  });

  test("end when onProgress throws", async () => {
    const onProgress = (): never => {
      throw new Error("No more.");
    };
    await expect(collect(createVariations(image, { n: 2, workers: 2, onProgress }))).rejects.toThrow("No more.");
    await allEnded();
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

  test("let the process exit", async () => {
    const code = `
      import { createVariations } from "@image-variations/engine";
      const image = { width: 32, height: 32, data: new Uint8Array(32 * 32 * 4).fill(128) };
      for await (const { seed } of createVariations(image, { n: 3, seed: 1, workers: 2 })) console.log(seed);
    `;
    const options = { cwd: import.meta.dirname };
    const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], options);
    expect(stdout.trim().split("\n").toSorted()).toEqual(["1", "2", "3"]);
  });
});
