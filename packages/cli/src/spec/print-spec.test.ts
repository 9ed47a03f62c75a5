import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { runFake } from "../testing/fake-context.ts";

const fileOf = (extension: string): Buffer =>
  readFileSync(fileURLToPath(import.meta.resolve(`@image-variations/spec/image-variations.${extension}`)));

test.for([
  { args: ["spec"], extension: "yaml" },
  { args: ["spec", "--json"], extension: "json" },
])("$args prints the contract byte for byte", async ({ args, extension }) => {
  const { code, stdoutBytes, stderr } = await runFake(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdoutBytes.equals(fileOf(extension))).toBe(true);
});
