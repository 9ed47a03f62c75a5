import { dirname, join } from "node:path/posix";
import { listFiles, readText } from "../repository/repository.ts";

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
}

/** The scripts of every manifest, by the folder that they run in. */
export const manifests = listFiles("{package.json,{specs,scripts,packages/*}/package.json}").map((path) => ({
  folder: dirname(path),
  scripts: (JSON.parse(readText(path)) as Manifest).scripts ?? {},
}));

/** Every program that a script of a manifest runs, and that another one starts. */
export const programs: readonly string[] = [
  ...new Set([
    ...manifests.flatMap(({ folder, scripts }) =>
      Object.values(scripts).flatMap((script) =>
        [...script.matchAll(/\bnode ([\w./-]+\.ts)\b/g)].map(([, path]) => join(folder, path!)),
      ),
    ),
    "packages/codegen/src/bin.ts",
    ...listFiles("packages/benchmarks/src/*/{bench,speed}.ts"),
    "packages/spec-diff/src/bin.ts",
  ]),
].toSorted();
