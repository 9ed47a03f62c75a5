import { expect, it } from "vitest";
import { npmObjections, type PublishedPackage } from "./npm-rules.ts";

const repository = "https://github.com/otters/river";
const good: PublishedPackage = {
  manifest: {
    name: "@otters/river",
    version: "1.2.3",
    license: "MIT",
    repository: { url: "git+https://github.com/otters/river.git", directory: "packages/river" },
    publishConfig: { access: "public" },
    main: "./dist/index.cjs",
    exports: { ".": { import: { types: "./dist/index.d.ts", default: "./dist/index.js" } } },
    dependencies: { "openapi-fetch": "0.17.0" },
  },
  files: ["package.json", "dist/index.cjs", "dist/index.d.ts", "dist/index.js"],
};

it("has nothing against a package that npm accepts", () => {
  expect(npmObjections(good, repository)).toEqual([]);
});

it.each([
  { what: "no repository", change: { repository: undefined }, said: "repository.url is null" },
  {
    what: "another repository, as a fork has it",
    change: { repository: { url: "git+https://github.com/otters/sea.git" } },
    said: 'repository.url is "git+https://github.com/otters/sea.git", and the provenance would name https://github.com/otters/river',
  },
  { what: "another case", change: { repository: "https://github.com/Otters/river" }, said: "repository.url is" },
  { what: "a private package", change: { private: true }, said: "private is true" },
  { what: "a scoped package without access", change: { publishConfig: {} }, said: 'access is not "public"' },
  { what: "no version", change: { version: undefined }, said: 'version is ""' },
  { what: "no license", change: { license: undefined }, said: "license is missing" },
  ...["workspace:*", "catalog:", "file:../river", "link:../river"].map((range) => ({
    what: `a dependency on ${range}`,
    change: { dependencies: { river: range } },
    said: `river is ${JSON.stringify(range)}`,
  })),
  { what: "a door without a file", change: { exports: { ".": "./dist/none.js" } }, said: "dist/none.js is named" },
  { what: "a main without a file", change: { main: "./dist/none.cjs" }, said: "dist/none.cjs is named" },
])("objects to $what", ({ change, said }) => {
  const objections = npmObjections({ ...good, manifest: { ...good.manifest, ...change } }, repository);
  expect(objections).toEqual([expect.stringContaining(said)]);
});
