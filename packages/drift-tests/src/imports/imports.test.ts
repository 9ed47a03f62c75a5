import { existsSync } from "node:fs";
import { join, matchesGlob } from "node:path";
import { describe, expect, test } from "vitest";
import { listFiles, readText, root } from "../repository/repository.ts";
import { findCycles } from "./find-cycles.ts";
import { forbiddenImports, type ForbiddenImport } from "./forbidden-imports.ts";
import { importGraph, type ImportEdge } from "./import-graph.ts";

const graph = importGraph();

describe("the arrows:", () => {
  test.for(forbiddenImports)("$because", (rule) => {
    expect(graph.filter((edge) => isAgainst(rule, edge)).map(({ from, to }) => `${from} imports ${to}`)).toEqual([]);
  });
});

describe("no import leads back to where it came from", () => {
  const published = /^(specs|packages\/(client|validation|engine|backends|server|cli))\//;

  test.for([
    { what: "at run time", edges: graph.filter(({ isTypeOnly }) => !isTypeOnly) },
    { what: "in what is published, types included", edges: graph.filter(({ from }) => published.test(from)) },
  ])("$what", ({ edges }) => {
    expect(findCycles(edges).map((cycle) => cycle.join(" → "))).toEqual([]);
  });
});

test("another package is imported by its name; only benchmarks reach for the parts that it doesn't show", () => {
  const folderOf = (path: string): string => /^(?:specs|scripts|packages\/[\w-]+)\//.exec(path)?.[0] ?? "";
  const across = graph.filter(({ from, to }) => folderOf(to) !== "" && folderOf(to) !== folderOf(from));
  // The jobs that publish and tag run without anything installed.
  const mayReach = /^packages\/benchmarks\/|^scripts\/src\/commands\/release-(publish|tag)\.ts$/;
  expect(across.filter(({ from }) => !mayReach.test(from))).toEqual([]);
});

test("every file that is imported by its path is there", () => {
  const files = new Set(listFiles("**/*.ts"));
  const lost = graph.filter(({ to }) => /^(specs|scripts|packages)\//.test(to) && !files.has(to));
  expect(lost).toEqual([]);
});

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string | { readonly default: string }>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  /** What is published of a package whose doors are its sources in the workspace. */
  readonly publishConfig?: { readonly exports?: Manifest["exports"] };
}

const manifests = listFiles("{specs,scripts,packages/*}/package.json").map((path) => ({
  folder: path.replace("package.json", ""),
  ...(JSON.parse(readText(path)) as Manifest),
}));

describe.for(manifests)("$name", ({ folder, name, private: isPrivate, dependencies, devDependencies }) => {
  // Programs are run where the packages are installed.
  const isProgram = (path: string): boolean => path.includes("/programs/");
  const isForTests = (path: string): boolean => /\.test(-d)?\.ts$|\/testing\//.test(path);
  const external = graph.filter(
    ({ from, to }) => from.startsWith(folder) && !isProgram(from) && !to.includes("/src/") && !to.startsWith("node:"),
  );

  test("declares what it imports, and what is published declares it to its users", () => {
    const declared = Object.keys({ ...dependencies, ...devDependencies });
    // What the build puts into the package is not installed beside it.
    const bundled = bundledBy(`${folder}tsdown.config.ts`);
    const undeclared = external.filter(({ from, to }) => {
      // A test may go through its own package's door, as users do, for what only the build makes.
      const mayBeBundled = isPrivate || isForTests(from) || isProduct(folder);
      const names = mayBeBundled ? [...declared, name] : [...Object.keys(dependencies ?? {}), ...bundled];
      return !names.includes(packageOf(to));
    });
    expect(undeclared).toEqual([]);
  });
});

describe.for(manifests.filter((manifest) => !manifest.private))(
  "$name, which is published,",
  ({ folder, exports = {}, publishConfig }) => {
    test("has doors right below src, made of named exports from other files", () => {
      const doors = Object.values(publishConfig?.exports ?? exports).flatMap((entry) =>
        typeof entry === "string" ? [] : [entry.default],
      );
      expect(doors.length).toBeGreaterThan(0);
      for (const door of doors) {
        const text = readText(`${folder}src/${/^\.\/dist\/([\w-]+)\.js$/.exec(door)![1]!}.ts`);
        const statements = text.replaceAll(/\/\/.*|\/\*[^]*?\*\//g, "").split(";");
        const others = statements.filter(
          (statement) => !/^\s*(export\s+(type\s+)?(\{[^}]*\}|\* as \w+)\s+from\s+"\.\/[^"]+"\s*)?$/.test(statement),
        );
        expect(others).toEqual([]);
      }
    });
  },
);

test("the rules find what they forbid", () => {
  const wrong: ImportEdge[] = [
    { from: "packages/client/src/a.ts", to: "@image-variations/validation", isTypeOnly: true },
    { from: "packages/client/src/transport/a.ts", to: "packages/client/src/images.ts", isTypeOnly: false },
    { from: "packages/validation/src/png/a.ts", to: "node:zlib", isTypeOnly: false },
    { from: "packages/client/src/a.ts", to: "packages/client/src/index.ts", isTypeOnly: false },
  ];
  for (const edge of wrong) expect(forbiddenImports.filter((rule) => isAgainst(rule, edge))).toHaveLength(1);
  const edge = (from: string, to: string): ImportEdge => ({ from, to, isTypeOnly: false });
  expect(findCycles([edge("a", "b"), edge("b", "c"), edge("c", "b"), edge("c", "d")])).toEqual([["b", "c", "b"]]);
});

function isAgainst({ from, except, to, butTo, typesMay = false }: ForbiddenImport, edge: ImportEdge): boolean {
  return (
    matchesGlob(edge.from, from) &&
    !(except && matchesGlob(edge.from, except)) &&
    matchesGlob(edge.to, to) &&
    !(butTo && matchesGlob(edge.to, butTo)) &&
    !(typesMay && edge.isTypeOnly)
  );
}

/** Whether a package is built with what it declares for development inside: `product()` in tsdown.base.ts. */
function isProduct(folder: string): boolean {
  const [config] = listFiles(`${folder}tsdown.config.ts`);
  return config !== undefined && /\bproduct\(/.test(readText(config));
}

function packageOf(specifier: string): string {
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** The packages that a build is told to put into its output. */
function bundledBy(config: string): string[] {
  const [, list = ""] = /alwaysBundle: \[([^\]]*)\]/.exec(existsSync(join(root, config)) ? readText(config) : "") ?? [];
  return [...list.matchAll(/"([^"]+)"/g)].map(([, bundled]) => bundled!);
}
