import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { runProgram } from "@image-variations/testing/run-program";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createConsumer, type Consumer } from "./create-consumer.ts";

const { resolve } = createRequire(import.meta.url);

let consumer: Consumer;
beforeAll(async () => {
  consumer = await createConsumer();
  const compilerOptions = {
    esModuleInterop: true,
    strict: true,
    module: "commonjs",
    target: "es2022",
    types: ["jest", "node"],
  };
  writeFileSync(join(consumer.folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  writeFileSync(join(consumer.folder, "package.json"), "{}");
});
afterAll(() => consumer[Symbol.dispose]());

const babel = [
  resolve("babel-jest"),
  { presets: [[resolve("@babel/preset-env"), { targets: { node: "current" } }], resolve("@babel/preset-typescript")] },
];

describe("Jest loads the packages without any setting for them", () => {
  test.for([
    { what: "as it is", testMatch: ["**/*.test.js"], transform: {} },
    { what: "with babel-jest", testMatch: ["**/*.test.[jt]s"], transform: { "\\.[jt]s$": babel } },
    {
      what: "with ts-jest",
      testMatch: ["**/*.test.ts"],
      transform: { "\\.ts$": [resolve("ts-jest"), { tsconfig: "tsconfig.json" }] },
    },
  ])("$what", async ({ testMatch, transform }) => {
    expect(await runJest({ rootDir: consumer.folder, cache: false, testMatch, transform })).toBeGreaterThanOrEqual(2);
  });
});

/** @returns How many tests passed. Throws what Jest printed, if one failed. */
async function runJest(config: object): Promise<number> {
  const args = [resolve("jest/bin/jest"), "--json", "--config", JSON.stringify(config)];
  const { stdout } = await runProgram(process.execPath, args, { cwd: consumer.folder });
  return (JSON.parse(stdout) as { numPassedTests: number }).numPassedTests;
}
