import { existsSync } from "node:fs";
import { dirname, join } from "node:path/posix";
import { describe, expect, test } from "vitest";
import { readMarkdown } from "../docs/read-markdown.ts";
import { listFiles, readText, root } from "../repository/repository.ts";

/** What npm and its pages show of a package, as far as it is checked here. */
interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly homepage?: string;
  readonly bugs?: string;
  readonly license?: string;
  readonly repository?: { readonly type: string; readonly url: string; readonly directory?: string };
  readonly files?: readonly string[];
  readonly engines?: { readonly node?: string };
  readonly publishConfig?: { readonly access?: string };
  readonly main?: string;
  readonly types?: string;
  readonly typesVersions?: unknown;
  readonly exports?: Readonly<Record<string, string | { readonly require: Readonly<Record<string, string>> }>>;
}

const { homepage, bugs, license, repository } = readManifest("package.json");
const published = listFiles("{specs,packages/*}/package.json")
  .map((path) => ({ folder: dirname(path), manifest: readManifest(path) }))
  .filter((candidate) => !candidate.manifest.private)
  .map((candidate) => ({ ...candidate, name: candidate.manifest.name }));

test("the packages that the contract leads to are published", () => {
  expect(published.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["@image-variations/client", "@image-variations/spec", "@image-variations/validation"]),
  );
});

describe.for(published)("the manifest of $name", ({ folder, manifest }) => {
  // npm compares `repository.url` with the repository that a provenance names, and rejects the package (E422).
  test("names the repository as the root manifest does, and the package's folder in it", () => {
    expect(manifest.repository).toEqual({ ...repository, directory: folder });
  });

  test("has the home page, the place for bugs and the license of the root manifest", () => {
    const { homepage: home, bugs: tracker, license: terms } = manifest;
    expect({ homepage: home, bugs: tracker, license: terms }).toEqual({ homepage, bugs, license });
  });

  test("describes the package, says which Node it runs on, and what is in it", () => {
    expect(manifest.description?.length).toBeGreaterThan(20);
    expect(manifest.keywords?.length).toBeGreaterThan(2);
    expect(manifest.files?.length).toBeGreaterThan(0);
    expect(manifest.engines?.node).toMatch(/^>=\d+\.\d+$/);
  });

  test("publishes for everybody, which a scoped package does only if it says so", () => {
    expect(manifest.publishConfig).toMatchObject({ access: "public" });
  });
});

/** The packages that are built as ES modules and as CommonJS: docs/decisions/024-commonjs-beside-es-modules.md */
const inBothForms = published.filter(({ folder }) => /\blibrary\(/.test(readText(`${folder}/tsdown.config.ts`)));

describe.for(inBothForms)(
  "the doors of $name",
  ({ folder, manifest: { main, types, typesVersions, exports = {} } }) => {
    const doors = Object.entries(exports).flatMap(([door, entry]) =>
      typeof entry === "string" ? [] : [{ door, entry }],
    );
    const fileOf = (door: string): string => (door === "." ? "index" : door.slice(2));

    test("lead `import` and `require` to the form that each can load, the types first", () => {
      expect(doors.length).toBeGreaterThan(0);
      for (const { door, entry } of doors) {
        const file = `./dist/${fileOf(door)}`;
        const module = entry.require["module-sync"];
        // The class is what a door for `require` returns, if there is one.
        expect([`${file}.js`, "./dist/require.js"]).toContain(module);
        expect(JSON.stringify(entry)).toBe(
          JSON.stringify({
            import: { types: `${file}.d.ts`, default: `${file}.js` },
            require: { types: `${file}.d.cts`, "module-sync": module, bun: module, default: `${file}.cjs` },
            default: `${file}.js`,
          }),
        );
      }
    });

    test("are built, each of them", () => {
      const config = readText(`${folder}/tsdown.config.ts`);
      expect(doors.filter(({ door }) => !config.includes(`"src/${fileOf(door)}.ts"`))).toEqual([]);
    });

    test("are there for `moduleResolution: node`, which reads no `exports`", () => {
      expect({ main, types }).toEqual({ main: "./dist/index.cjs", types: "./dist/index.d.cts" });
      const others = doors.map(({ door }) => fileOf(door)).filter((file) => file !== "index");
      const versions = Object.fromEntries(others.map((file) => [file, [`./dist/${file}.d.cts`]]));
      expect(typesVersions).toEqual(others.length === 0 ? undefined : { "*": versions });
    });
  },
);

describe.for(published.filter(({ folder }) => existsSync(join(root, folder, "README.md"))))(
  "the README of $name",
  ({ folder }) => {
    // npm shows the page without the repository around it, so a relative link is dead there.
    test("has only absolute links, and anchors of its own", () => {
      const page = readMarkdown().find(({ path }) => path === `${folder}/README.md`);
      expect(page?.links.filter((link) => !/^(https:\/\/|mailto:|#)/.test(link))).toEqual([]);
    });
  },
);

function readManifest(path: string): Manifest {
  return JSON.parse(readText(path)) as Manifest;
}
