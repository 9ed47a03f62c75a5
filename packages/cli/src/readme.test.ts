import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { commands } from "./application.ts";
import { exitCodes } from "./command-line/exit-codes.ts";
import { toKebabCase } from "./command-line/format-help.ts";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

/** Every option of every verb, as it is typed. */
const options = new Set(
  Object.values(commands).flatMap(({ parameters }) => [
    ...Object.keys(parameters.flags ?? {}).flatMap((name) => [`--${toKebabCase(name)}`, `--no-${toKebabCase(name)}`]),
    ...Object.keys(parameters.aliases ?? {}).map((letter) => `-${letter}`),
  ]),
);

test("the README lists every exit code, with what it means", () => {
  for (const { code, meaning } of Object.values(exitCodes)) {
    expect(readme).toMatch(new RegExp(`^\\| ${code} +\\| ${meaning} +\\|$`, "m"));
  }
});

test("the README names every verb, and no option that does not exist", () => {
  for (const verb of Object.keys(commands).filter((name) => name !== "create")) {
    expect(readme).toContain(`image-variations ${verb}`);
  }
  const named = [...readme.matchAll(/(?<![\w-])--[a-z][a-z-]+/g)].map(([option]) => option);
  const known = new Set([...options, "--help", "--help-all", "--version"]);
  expect(named.filter((option) => !known.has(option))).toEqual([]);
});
