import { chromium } from "./chromium.ts";
import { findProgram } from "./find-program.ts";
import { nextEdge } from "./next-edge.ts";
import { runInProcess } from "./run-in-process.ts";
import type { Runtime } from "./runtime.ts";
import { workerd } from "./workerd.ts";

const node24 = findProgram("node24");

/** Every runtime that the packages are for, and Node 24 in two disguises: with less built in than it has. */
export const runtimes: readonly Runtime[] = [
  runtime("Node 24", node24),
  runtime("Node 22", findProgram("node22")),
  runtime("Bun", findProgram("bun")),
  runtime("Deno", findProgram("deno"), ["run", "--no-config", "--allow-read", "--allow-env", "--allow-net=127.0.0.1"]),
  workerd,
  chromium,
  nextEdge,
  runtime("Node 24 without zlib", node24, [], "process.getBuiltinModule = undefined;"),
  runtime(
    "Node 24 without zlib and streams",
    node24,
    [],
    "process.getBuiltinModule = undefined; delete globalThis.DecompressionStream;",
  ),
];

function runtime(name: string, program: string | undefined, options: string[] = [], prelude?: string): Runtime {
  return {
    name,
    missing: program ? undefined : "its npm package is not installed on this platform",
    run: (bundle, input, worker) => runInProcess([program!, ...options], { bundle, input, prelude, worker }),
  };
}
