import { expect, test } from "vitest";
import { prismOnDemand } from "./prism-on-demand.ts";

test("a crashed Prism is replaced when the next one is requested, and its crash is recorded", async () => {
  await using supply = prismOnDemand();
  const first = await supply.ready();
  expect(await supply.ready()).toBe(first);

  process.kill(first.pid, "SIGKILL");
  await first.exited;
  const second = await supply.ready();
  expect(second.pid).not.toBe(first.pid);
  expect((await fetch(second.url)).status).toBe(404);
  expect(supply.crashes).toMatchObject([{ signal: "SIGKILL", stopped: false }]);
});

test("a start that failed is tried again", async () => {
  await using supply = prismOnDemand({ startTimeout: 1 });
  await expect(supply.ready()).rejects.toThrow("not listening after 1 ms");
  await expect(supply.ready()).rejects.toThrow("not listening after 1 ms");
});

test("what was stopped is not counted as dead", async () => {
  const supply = prismOnDemand();
  const prism = await supply.ready();
  await supply.stop();
  expect(await prism.exited).toMatchObject({ stopped: true });
  expect(supply.crashes).toEqual([]);
});
