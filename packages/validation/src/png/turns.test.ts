import { afterEach, expect, it } from "vitest";
import { inTurns, type Steps } from "./turns.ts";

interface Runtime {
  setImmediate: unknown;
  scheduler: { readonly yield?: () => Promise<void> } | undefined;
}

const runtime = globalThis as unknown as Runtime;
const own = { setImmediate, scheduler: runtime.scheduler };
afterEach(() => void Object.assign(runtime, own));

/** Work of many small steps, which says at the end how many others had their turn in between. */
function* work(others: readonly unknown[]): Steps<number> {
  for (let step = 0; step < 1_000; step++) yield;
  return others.length;
}

it.each<[what: string, change: Partial<Runtime>]>([
  ["setImmediate", { scheduler: undefined }],
  ["a scheduler that can't yield, as of some browsers", { scheduler: {} }],
  ["timers alone", { scheduler: undefined, setImmediate: undefined }],
])("lets others have their turn in a runtime with %s", async (_, change) => {
  Object.assign(runtime, change);
  const others: string[] = [];
  own.setImmediate(() => others.push("another"));
  expect(await inTurns(work(others))).toBeGreaterThan(0);
});

it("yields by the runtime's own means, if it has them", async () => {
  const yielded: number[] = [];
  runtime.scheduler = { yield: async () => void yielded.push(1) };
  expect(await inTurns(work(yielded))).toBe(7);
});

it("ends without a result at the next turn after the signal is aborted", async () => {
  const controller = new AbortController();
  own.setImmediate(() => controller.abort());
  expect(await inTurns(work([]), controller.signal)).toBeUndefined();
});
