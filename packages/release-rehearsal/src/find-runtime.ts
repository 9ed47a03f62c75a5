import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const arm = process.arch === "arm64";
const installed = (path: string): string => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));

/** Where each runtime lies: its package carries it as one file. */
const paths = {
  node22: installed(`node-22-linux-${arm ? "arm64" : "x64"}/bin/node`),
  node24: process.execPath,
  bun: installed(`@oven/bun-linux-${arm ? "aarch64" : "x64"}/bin/bun`),
  deno: installed(`@deno/linux-${arm ? "arm64" : "x64"}-glibc/deno`),
} as const;

/** A runtime's program, or undefined where this machine has none. */
export function findRuntime(name: keyof typeof paths): string | undefined {
  return existsSync(paths[name]) ? paths[name] : undefined;
}

const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A Chromium of the machine's own, or undefined. */
export function findChromium(): string | undefined {
  return [process.env.CHROMIUM_PATH, ...browsers].find((path) => path !== undefined && existsSync(path));
}
