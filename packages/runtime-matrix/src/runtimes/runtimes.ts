import { chromium } from "./chromium.ts";
import { findProgram } from "./find-program.ts";
import { runInProcess } from "./run-in-process.ts";
import type { Runtime } from "./runtime.ts";
import { workerd } from "./workerd.ts";

const node22 = findProgram({ x64: "node-22-linux-x64", arm64: "node-22-linux-arm64" }, "bin/node");
const node24 = findProgram({ x64: "node-24-linux-x64", arm64: "node-24-linux-arm64" }, "bin/node");
const bun = findProgram({ x64: "@oven/bun-linux-x64", arm64: "@oven/bun-linux-aarch64" }, "bin/bun");
const deno = findProgram({ x64: "@deno/linux-x64-glibc", arm64: "@deno/linux-arm64-glibc" }, "deno");

/** Every runtime that the packages are for, and Node 24 in two disguises: with less built in than it has. */
export const runtimes: readonly Runtime[] = [
  runtime("Node 24", node24),
  runtime("Node 22", node22),
  runtime("Bun", bun),
  runtime("Deno", deno, ["run", "--no-config", "--allow-read", "--allow-env", "--allow-net=127.0.0.1"]),
  workerd,
  chromium,
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
