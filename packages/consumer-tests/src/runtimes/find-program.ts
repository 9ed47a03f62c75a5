import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const isArm = process.arch === "arm64";

/** Where each runtime lies: its npm package carries it as one file. */
const paths = {
  node22: `node-22-linux-${isArm ? "arm64" : "x64"}/bin/node`,
  node24: `node-24-linux-${isArm ? "arm64" : "x64"}/bin/node`,
  bun: `@oven/bun-linux-${isArm ? "aarch64" : "x64"}/bin/bun`,
  deno: `@deno/linux-${isArm ? "arm64" : "x64"}-glibc/deno`,
} as const;

/** The program of a runtime, or undefined if its npm package is not installed on this platform. */
export function findProgram(runtime: keyof typeof paths): string | undefined {
  const program = fileURLToPath(new URL(`../../node_modules/${paths[runtime]}`, import.meta.url));
  return existsSync(program) ? program : undefined;
}
