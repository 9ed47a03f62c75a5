import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** What one room of the repository comes in: its hand-written sources, tests apart. */
export interface RoomStructure {
  /** The folder, from the root. */
  readonly room: string;
  readonly files: number;
  readonly lines: number;
  readonly medianLines: number;
  readonly longestFile: { readonly path: string; readonly lines: number };
  /** Files of ten lines or fewer, doors apart. */
  readonly shortFiles: readonly string[];
  /** Functions of more than fifty lines, as `file:name (lines)`. */
  readonly longFunctions: readonly string[];
  /** Non-null assertions (`!`) per thousand lines. */
  readonly nonNullAssertions: number;
  readonly testFiles: number;
}

const rooms = "{specs,scripts,packages/*}";
const isTest = /\.test(-d)?\.ts$|\/src\/(.+\/)?testing\//;
const doors = /\/src\/[\w-]+\.ts$/;

/** Measures every room below a root that holds TypeScript. Generated files are left out. */
export function measureStructure(root: string): RoomStructure[] {
  const paths = globSync(`${rooms}/{src,assembly}/**/*.ts`, {
    cwd: root,
    exclude: ["**/{node_modules,dist,generated}/**", "**/*.d.ts"],
  }).toSorted();
  const byRoom = Map.groupBy(paths, (path) => /^(specs|scripts|packages\/[\w-]+)\//.exec(path)?.[1] ?? "");
  return [...byRoom].map(([room, files]) => measureRoom(root, room, files));
}

function measureRoom(root: string, room: string, paths: readonly string[]): RoomStructure {
  const sources = paths
    .filter((path) => !isTest.test(path))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }))
    .map((file) => ({ ...file, lines: file.text.trimEnd().split("\n").length }));
  const lines = sources.reduce((total, file) => total + file.lines, 0);
  const bySize = sources.toSorted((a, b) => a.lines - b.lines);
  const longest = bySize.at(-1);
  const counts = sources.map(({ path, text }) => countInside(path, text));
  const assertions = counts.reduce((total, count) => total + count.nonNullAssertions, 0);
  return {
    room,
    files: sources.length,
    lines,
    medianLines: bySize[Math.floor(bySize.length / 2)]?.lines ?? 0,
    longestFile: { path: longest?.path ?? "", lines: longest?.lines ?? 0 },
    shortFiles: sources.filter((file) => file.lines <= 10 && !doors.test(file.path)).map(({ path }) => path),
    longFunctions: counts.flatMap((count) => count.longFunctions),
    nonNullAssertions: lines === 0 ? 0 : (1000 * assertions) / lines,
    testFiles: paths.length - sources.length,
  };
}

function countInside(path: string, text: string): { nonNullAssertions: number; longFunctions: string[] } {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const longFunctions: string[] = [];
  let nonNullAssertions = 0;
  const visit = (node: ts.Node): void => {
    if (ts.isNonNullExpression(node)) nonNullAssertions += 1;
    if (ts.isFunctionLike(node) && "body" in node && node.body) {
      const lineOf = (position: number): number => source.getLineAndCharacterOfPosition(position).line;
      const length = lineOf(node.end) - lineOf(node.getStart(source)) + 1;
      if (length > 50) longFunctions.push(`${path}:${nameOf(node)} (${length})`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { nonNullAssertions, longFunctions };
}

function nameOf(node: ts.SignatureDeclaration): string {
  const named = node.name ?? (ts.isVariableDeclaration(node.parent) ? node.parent.name : undefined);
  return named?.getText() ?? "anonymous";
}
