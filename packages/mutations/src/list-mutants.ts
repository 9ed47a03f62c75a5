import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Mutant } from "@stryker-mutator/api/core";
import type { Logger } from "@stryker-mutator/api/logging";
import { Instrumenter } from "@stryker-mutator/instrumenter";

const silent: Logger = {
  isTraceEnabled: () => false,
  isDebugEnabled: () => false,
  isInfoEnabled: () => false,
  isWarnEnabled: () => false,
  isErrorEnabled: () => false,
  isFatalEnabled: () => false,
  trace() {},
  debug() {},
  info() {},
  warn() {},
  error() {},
  fatal() {},
};

/** Every fault that Stryker knows for some sources, in an order that depends on the sources alone. */
export async function listMutants(paths: readonly string[]): Promise<readonly Mutant[]> {
  const files = paths
    .toSorted()
    .map((path) => ({ name: resolve(path), mutate: true, content: readFileSync(path, "utf8") }));
  const options = { plugins: null, excludedMutations: [], ignorers: [], noHeader: true };
  return (await new Instrumenter(silent).instrument(files, options)).mutants;
}

/** What a mutant is known by in every run: its place and what it writes there. */
export function keyOf({ fileName, location: { start, end }, mutatorName, replacement }: Mutant): string {
  return JSON.stringify([resolve(fileName), start.line, start.column, end.line, end.column, mutatorName, replacement]);
}
