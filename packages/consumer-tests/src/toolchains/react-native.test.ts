import { globSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { transformAsync } from "@babel/core";
import { describe, expect, test } from "vitest";

const { resolve } = createRequire(import.meta.url);
const preset = resolve("@react-native/babel-preset");

/** Every module of the packages that an app may bundle, in both of its forms. */
const modules = ["client", "spec", "validation"].flatMap((name) => {
  const folder = dirname(resolve(`@image-variations/${name}/package.json`));
  return globSync("dist/*.{js,cjs}", { cwd: folder }).map((path) => ({
    name: `${name}/${path}`,
    file: join(folder, path),
  }));
});

describe("React Native's compiler understands", () => {
  test.for(modules)("$name", async ({ file }) => {
    const result = await transformAsync(readFileSync(file, "utf8"), {
      filename: file,
      presets: [[preset, { unstable_transformProfile: "hermes-stable" }]],
      babelrc: false,
      configFile: false,
    });
    expect(typeof result?.code).toBe("string");
  });

  test("no static block, so that this would find one", async () => {
    const source = "class A { static { this.a = 1; } }";
    const options = { filename: "a.js", presets: [preset], babelrc: false, configFile: false };
    await expect(transformAsync(source, options)).rejects.toThrow("Static class blocks are not enabled");
  });
});
