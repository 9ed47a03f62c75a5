import { runProgram } from "@image-variations/testing/run-program";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findProgram } from "../runtimes/find-program.ts";
import { createConsumer, type Consumer } from "./create-consumer.ts";

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer();
});
afterAll(() => consumer[Symbol.dispose]());

/** If there is one class, `instanceof` holds however a part of a program loads it. */
const runtimes = [
  {
    name: "Node 24",
    classes: "one class",
    program: findProgram("node24"),
  },
  {
    name: "Node 22",
    classes: "one class",
    program: findProgram("node22"),
  },
  {
    name: "Node 22 without require of ES modules, as Node 20 was",
    classes: "two classes",
    program: findProgram("node22"),
    options: ["--no-experimental-require-module"],
  },
  {
    name: "Bun",
    classes: "one class",
    program: findProgram("bun"),
  },
  {
    name: "Deno",
    classes: "two classes",
    program: findProgram("deno"),
    options: ["run", "--no-config", "--node-modules-dir=manual", "--allow-all"],
  },
];

describe("`require` returns the class, with every export as a property", () => {
  test.for(runtimes)("in $name", async ({ name, classes, program, options = [] }, { skip }) => {
    skip(!program && process.env.CI !== "true", `${name} is not installed on this platform.`);
    const { stdout } = await runProgram(program!, [...options, "require.cjs"], { cwd: consumer.folder });
    expect(stdout.trim()).toBe(classes);
  });
});
