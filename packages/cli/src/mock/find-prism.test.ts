import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { findPrism, prismVersion } from "./find-prism.ts";

test("fetches the version of Prism that this repository is tested with", () => {
  const catalog = readFileSync(new URL("../../../../pnpm-workspace.yaml", import.meta.url), "utf8");
  expect(catalog).toContain(`"@stoplight/prism-cli": ${prismVersion}\n`);
  const nothing = {
    resolve() {
      throw new Error("Cannot find module");
    },
  } as unknown as NodeJS.Require;
  expect(findPrism(nothing)).toEqual({
    program: "npx",
    args: ["--yes", `@stoplight/prism-cli@${prismVersion}`],
    isFetched: true,
  });
});

test("runs the one that is installed where the command runs", () => {
  const folder = temporaryFolder({
    "node_modules/@stoplight/prism-cli/package.json": '{"bin":{"prism":"dist/index.js"}}',
  });
  expect(findPrism(createRequire(join(folder, "package.json")))).toEqual({
    program: process.execPath,
    args: [join(folder, "node_modules/@stoplight/prism-cli/dist/index.js")],
    isFetched: false,
  });
});
