import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { makeVariations } from "../create-variations.ts";
import type { WorkerError } from "../engine-error.ts";
import { collect } from "../testing/collect.ts";
import { drawImage } from "../testing/draw-image.ts";
import { createManualClock, stageWorkers, worksWell, type Role, type StagedWorkers } from "../testing/stage-workers.ts";
import type { VariationOptions, Variation } from "../variation-options.ts";
import { createWorkerPool } from "./worker-pool.ts";

// Too small to be rearranged, so it takes some milliseconds.
const image = drawImage("scene", 32, 24);
const options = { n: 3, seed: 5, workers: 2 } as const;
const expected = await collect(makeVariations(image, { ...options, workers: 0 }));

interface Outcome {
  readonly variations: Variation[];
  readonly warnings: WorkerError[];
}

/** Makes the three images with these workers, while time passes as fast as it can. */
async function vary(workers: StagedWorkers, more: VariationOptions = {}): Promise<Outcome> {
  const { clock, pass } = createManualClock();
  const warnings: WorkerError[] = [];
  const pool = createWorkerPool({ start: workers.start, clock, mostIdle: 4 });
  const work = makeVariations(image, { ...options, onWarning: (warning) => warnings.push(warning), ...more }, pool);
  return { variations: await during(collect(work), () => workers.isWorking() || pass(100)), warnings };
}

/** Does something in each turn of the event loop until the work is done. */
async function during<Result>(work: Promise<Result>, eachTurn: () => unknown): Promise<Result> {
  const state = { isDone: false };
  const settled = Promise.allSettled([work]).finally(() => {
    state.isDone = true;
  });
  while (!state.isDone) {
    await turn();
    eachTurn();
  }
  await settled;
  return await work;
}

/** Works until it is given its second image, then does this. */
const onSecondImage =
  (act: Parameters<Role>[0] extends infer Stage ? (stage: Stage, index: number) => void : never): Role =>
  (stage) => {
    stage.send({ kind: "started" });
    let images = 0;
    return (message) => {
      if (message.kind === "vary" && ++images === 2) act(stage, message.index);
      else stage.work(message);
    };
  };

const broken: readonly { readonly name: string; readonly role: Role; readonly code: WorkerError["code"] }[] = [
  { name: "never says a word", role: () => () => undefined, code: "worker_not_started" },
  {
    name: "fails as it starts, because its script is missing",
    role: ({ fail }) => {
      fail(new Error("Cannot find module"));
      return undefined;
    },
    code: "worker_not_started",
  },
  {
    name: "cannot be created",
    role: () => {
      throw new Error("Blocked by the content security policy");
    },
    code: "worker_not_started",
  },
  {
    name: "starts and then ignores its tasks",
    role: ({ send }) => {
      send({ kind: "started" });
      return () => undefined;
    },
    code: "worker_silent",
  },
  { name: "hangs in its second image", role: onSecondImage(() => undefined), code: "worker_silent" },
  {
    name: "fails in its second image",
    role: onSecondImage(({ fail }) => fail(new Error("Out of memory"))),
    code: "worker_failed",
  },
  {
    name: "ends by itself, with exit code 0",
    role: onSecondImage(({ fail }) => fail(new Error("exit code 0"))),
    code: "worker_failed",
  },
  {
    name: "reports that its task threw",
    role: onSecondImage(({ send }) => send({ kind: "failed", error: new RangeError("Too large") })),
    code: "worker_failed",
  },
  {
    name: "sends an analysis without its parts",
    role: ({ send, work }) => {
      send({ kind: "started" });
      return (message) => {
        if (message.kind === "analyse") send({ kind: "analysed", part: message.part, value: {} });
        else work(message);
      };
    },
    code: "worker_message_invalid",
  },
  ...(
    [
      ["nothing", undefined],
      ["null", null],
      ["text", "done"],
      ["a kind that it does not know", { kind: "done" }],
      ["another image's result", { kind: "variation", index: 99, data: new Uint8ClampedArray(32 * 24 * 4) }],
      ["an image of another size", { kind: "variation", index: 1, data: new Uint8ClampedArray(4) }],
      ["an image that is not bytes", { kind: "variation", index: 1, data: "pixels" }],
      ["progress beyond the end", { kind: "progress", index: 1, done: 2 }],
      ["an analysis that was not asked for", { kind: "analysed", part: "text", value: {} }],
    ] as const
  ).map(([name, message]) => ({
    name: `sends ${name}`,
    role: onSecondImage(({ send }) => send(message)),
    code: "worker_message_invalid" as const,
  })),
];

describe("a worker that", () => {
  describe.each(broken)("$name", ({ role, code }) => {
    test("is replaced by the others, with a warning", async () => {
      const workers = stageWorkers(role, worksWell);
      const { variations, warnings } = await vary(workers, { n: 5 });
      expect(variations.slice(0, 3)).toEqual(expected);
      expect(variations).toHaveLength(5);
      // The other may have made all images before it was missed.
      for (const warning of warnings) expect(warning).toMatchObject({ name: "WorkerError", code });
      expect(warnings.length).toBeLessThanOrEqual(1);
    });

    test("is replaced by the calling thread where all are like it", async () => {
      const { variations, warnings } = await vary(stageWorkers(role));
      expect(variations).toEqual(expected);
      expect(warnings.length).toBeGreaterThan(0);
      for (const warning of warnings) {
        expect(warning).toMatchObject({ name: "WorkerError", code });
        expect(warning.message).toMatch(/^A worker .+\.$/);
      }
    });

    test("does not let progress fall", async () => {
      const seen = new Map<number, number[]>();
      await vary(stageWorkers(role), {
        onProgress: ({ index, done }) => seen.set(index, [...(seen.get(index) ?? []), done]),
      });
      for (const steps of seen.values()) {
        expect(steps).toEqual(steps.toSorted((a, b) => a - b));
        expect(steps.at(-1)).toBe(1);
      }
    });
  });

  test("works for long, and says that it is alive, is not given up", async () => {
    const { clock, pass } = createManualClock();
    const slow: Role = ({ send, work }) => {
      send({ kind: "started" });
      const beAlive = async (seconds: number): Promise<void> => {
        for (let passed = 0; passed < seconds; passed++) {
          send({ kind: "alive" });
          await turn();
        }
      };
      return (message) => {
        if (message.kind !== "vary") return work(message);
        return void beAlive(100).then(() => work(message));
      };
    };
    const warnings: WorkerError[] = [];
    const workers = stageWorkers(slow);
    const pool = createWorkerPool({ start: workers.start, clock });
    const work = makeVariations(image, { ...options, onWarning: (warning) => warnings.push(warning) }, pool);
    expect(await during(collect(work), () => workers.isWorking() || pass(1000))).toEqual(expected);
    expect(warnings).toEqual([]);
  });

  test("ends the work, if onWarning throws", async () => {
    const work = vary(
      stageWorkers(() => () => undefined),
      {
        onWarning: () => {
          throw new Error("I want workers.");
        },
      },
    );
    await expect(work).rejects.toThrow("I want workers.");
  });
});

describe("workers between two calls", () => {
  const many = { ...options, n: 4 } as const;

  test("are kept, and give the same bytes for an image of another size", async () => {
    const { clock } = createManualClock();
    const workers = stageWorkers(worksWell);
    const pool = createWorkerPool({ start: workers.start, clock, mostIdle: 2 });
    for (const [width, height] of [
      [60, 50],
      [30, 20],
      [24, 90],
    ] as const) {
      const other = drawImage("texture", width, height);
      const here = await collect(makeVariations(other, { ...many, workers: 0 }));
      expect(await collect(makeVariations(other, many, pool))).toEqual(here);
    }
    expect([workers.started(), workers.ended()]).toEqual([2, 0]);
  });

  test("end after ten seconds without work", async () => {
    const { clock, pass } = createManualClock();
    const workers = stageWorkers(worksWell);
    const pool = createWorkerPool({ start: workers.start, clock, mostIdle: 2 });
    await collect(makeVariations(image, many, pool));
    pass(9_900);
    expect(workers.ended()).toBe(0);
    pass(100);
    expect(workers.ended()).toBe(2);
    expect(await collect(makeVariations(image, options, pool))).toEqual(expected);
    expect(workers.started()).toBe(4);
  });

  test("are no more than there are cores", async () => {
    const workers = stageWorkers(worksWell);
    const pool = createWorkerPool({ start: workers.start, clock: createManualClock().clock, mostIdle: 1 });
    await collect(makeVariations(image, many, pool));
    expect([workers.started(), workers.ended()]).toEqual([2, 1]);
  });

  test("are forgotten if they end meanwhile", async () => {
    const stages: Parameters<Role>[0][] = [];
    const workers = stageWorkers((stage) => {
      stages.push(stage);
      return worksWell(stage);
    });
    const pool = createWorkerPool({ start: workers.start, clock: createManualClock().clock, mostIdle: 2 });
    await collect(makeVariations(image, many, pool));
    for (const { fail } of stages) fail(new Error("Ended."));
    await turn();
    expect(await collect(makeVariations(image, options, pool))).toEqual(expected);
    expect(workers.started()).toBe(4);
  });
});
