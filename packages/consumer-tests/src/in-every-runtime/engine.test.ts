import { beforeAll, describe, expect, test } from "vitest";
import { bundleSuite } from "./bundle-suite.ts";
import { runtimes } from "../runtimes/runtimes.ts";
import type { EngineHashes } from "./suites/engine-hashes.ts";
import engineHashes from "./suites/engine-hashes.ts";

let bundle: string;
let worker: string;
let expected: EngineHashes;
beforeAll(async () => {
  bundle = await bundleSuite(new URL("./suites/engine-hashes.ts", import.meta.url));
  worker = await bundleSuite(new URL("worker.js", import.meta.resolve("@image-variations/engine")));
  expected = await engineHashes();
});

/** Runtimes whose programs have no threads of this kind, or are denied them here. */
const withoutWorkers = new Set(["workerd", "Next.js edge", "Node 24 without zlib", "Node 24 without zlib and streams"]);

describe("the engine makes the same bytes, by workers and without", () => {
  test.each(runtimes)(
    "in $name",
    async ({ name, missing, run }) => {
      // A machine may lack a runtime; the one that decides may not.
      if (missing && process.env.CI !== "true") return console.warn(`${name} was not asked: ${missing}.`);
      expect(await run(bundle, new Uint8Array(), worker)).toEqual({
        here: expected.here,
        spread: expected.here,
        byWorkers: withoutWorkers.has(name) ? 0 : 2,
      });
      return undefined;
      // workerd has only the plain kernels.
    },
    240_000,
  );
});
