import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProgram } from "../runtimes/find-program.ts";
import { createConsumer, type Consumer } from "./create-consumer.ts";

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer();
});
afterAll(() => consumer[Symbol.dispose]());

/** Where there is one class, `instanceof` holds however a part of a program loads it. */
const runtimes = [
  {
    name: "Node 24",
    classes: "one class",
    program: findProgram({ x64: "node-24-linux-x64", arm64: "node-24-linux-arm64" }, "bin/node"),
  },
  {
    name: "Node 22",
    classes: "one class",
    program: findProgram({ x64: "node-22-linux-x64", arm64: "node-22-linux-arm64" }, "bin/node"),
  },
  {
    name: "Node 22 without require of ES modules, as Node 20 was",
    classes: "two classes",
    program: findProgram({ x64: "node-22-linux-x64", arm64: "node-22-linux-arm64" }, "bin/node"),
    options: ["--no-experimental-require-module"],
  },
  {
    name: "Bun",
    classes: "one class",
    program: findProgram({ x64: "@oven/bun-linux-x64", arm64: "@oven/bun-linux-aarch64" }, "bin/bun"),
  },
  {
    name: "Deno",
    classes: "two classes",
    program: findProgram({ x64: "@deno/linux-x64-glibc", arm64: "@deno/linux-arm64-glibc" }, "deno"),
    options: ["run", "--no-config", "--node-modules-dir=manual", "--allow-all"],
  },
];

describe("`require` returns the class, with every export as a property", () => {
  test.for(runtimes)("in $name", async ({ name, classes, program, options = [] }, { skip }) => {
    skip(!program && process.env.CI !== "true", `${name} is not installed on this platform.`);
    const { stdout } = await promisify(execFile)(program!, [...options, "require.cjs"], { cwd: consumer.folder });
    expect(stdout.trim()).toBe(classes);
  });
});
