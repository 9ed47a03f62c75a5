// A setup file of the package's tests: faults also hold in the programs that a test starts from the package's source.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach } from "vitest";
import {
  addHits,
  activeMutantVariable,
  coverageVariable,
  hitLimitVariable,
  host,
  namespace,
  type Hits,
} from "./child-process.ts";

const state = (host[namespace] ??= {});
const folder = mkdtempSync(join(tmpdir(), "mutations-coverage-"));
const hook = new URL("child-process.ts", import.meta.url).href;
process.env["NODE_OPTIONS"] = [process.env["NODE_OPTIONS"], `--import=${hook}`].filter(Boolean).join(" ");

// Only now, because Stryker's own hook, which comes first, says which fault is active, and which test this is.
beforeEach(() => {
  if (state.activeMutant === undefined) process.env[coverageVariable] = folder;
  else {
    process.env[activeMutantVariable] = state.activeMutant;
    process.env[hitLimitVariable] = String(state.hitLimit ?? Infinity);
  }
});

afterEach(() => {
  if (state.activeMutant !== undefined) return;
  const coverage = (state.mutantCoverage ??= { static: {}, perTest: {} });
  const hits = state.currentTestId === undefined ? coverage.static : (coverage.perTest[state.currentTestId] ??= {});
  for (const name of readdirSync(folder).filter((file) => file.endsWith(".json"))) {
    const path = join(folder, name);
    addHits(hits, JSON.parse(readFileSync(path, "utf8")) as Hits);
    rmSync(path);
  }
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));
