import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { listFiles, readText, root } from "../repository/repository.ts";

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  /** What is published of a package whose doors are its sources in the workspace. */
  readonly publishConfig?: { readonly exports?: Manifest["exports"] };
}

/** The sources of every door of a published package. */
const doors = listFiles("{specs,packages/*}/package.json").flatMap((path) => {
  const { name, private: isPrivate, exports: own = {}, publishConfig } = JSON.parse(readText(path)) as Manifest;
  const entries = isPrivate ? [] : Object.entries(publishConfig?.exports ?? own);
  return entries.flatMap(([door, entry]) => {
    const built = typeof entry === "string" ? undefined : /^\.\/dist\/([\w-]+)\.js$/.exec(entry.default);
    return built ? [{ door: join(name, door), source: path.replace("package.json", `src/${built[1]}.ts`) }] : [];
  });
});

const program = ts.createProgram(
  doors.map(({ source }) => join(root, source)),
  {
    target: ts.ScriptTarget.ES2023,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    allowImportingTsExtensions: true,
    types: [],
    noEmit: true,
  },
);
const checker = program.getTypeChecker();

/** What a door exports, namespaces looked into, with what is written above each. */
function exportsOf(source: string): { name: string; docs: string }[] {
  const module = checker.getSymbolAtLocation(program.getSourceFile(join(root, source))!)!;
  return checker.getExportsOfModule(module).flatMap((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const isModule = target.declarations?.some((declaration) => ts.isSourceFile(declaration));
    const inside = isModule ? checker.getExportsOfModule(target) : [];
    const named = isModule
      ? inside.map((part) => ({ name: `${symbol.name}.${part.name}`, target: part }))
      : [{ name: symbol.name, target }];
    return named.map(({ name, target: documented }) => ({
      name,
      docs: ts.displayPartsToString(documented.getDocumentationComment(checker)),
    }));
  });
}

describe.for(doors)("$door", ({ source }) => {
  test("has a docstring on every name that it exports", () => {
    const exported = exportsOf(source);
    expect(exported.length).toBeGreaterThan(0);
    expect(exported.filter(({ docs }) => docs.trim() === "").map(({ name }) => name)).toEqual([]);
  });
});
