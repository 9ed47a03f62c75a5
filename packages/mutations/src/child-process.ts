// node --import child-process.ts: in a program that a test has started, what Stryker does in the test itself.
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread, Worker } from "node:worker_threads";

/** How often each fault was passed, by its id. */
export type Hits = Record<string, number>;

/** What instrumented code and Stryker's test runner share. */
export interface StrykerState {
  activeMutant?: string | undefined;
  currentTestId?: string | undefined;
  hitCount?: number;
  hitLimit?: number | undefined;
  mutantCoverage?: { readonly static: Hits; readonly perTest: Record<string, Hits> };
}

/** The active fault; instrumented code reads this variable itself. */
export const activeMutantVariable = "__STRYKER_ACTIVE_MUTANT__";
/** How often the active fault may be passed until it counts as endless. */
export const hitLimitVariable = "MUTATE_HIT_LIMIT";
/** The folder that receives which faults a program has passed, while no fault is active. */
export const coverageVariable = "MUTATE_COVERAGE";

/** How long a program with a fault may run, in milliseconds, because a test that has been ended does not end it. */
const longest = 180_000;

/** Adds what was counted elsewhere. */
export function addHits(hits: Hits, more: Hits): void {
  for (const [id, count] of Object.entries(more)) hits[id] = (hits[id] ?? 0) + count;
}

/** The name under which Stryker has its state. */
export const namespace = "__stryker__";
export const host = globalThis as unknown as Record<string, StrykerState | undefined>;
const { [coverageVariable]: folder, [activeMutantVariable]: activeMutant, [hitLimitVariable]: hitLimit } = process.env;
// Vitest imports this file in threads.
if (isMainThread && activeMutant !== undefined) {
  host[namespace] = { activeMutant, hitCount: 0, hitLimit: Number(hitLimit) };
  const watch = `setTimeout(() => process.kill(${process.pid}, "SIGKILL"), ${longest})`;
  new Worker(watch, { eval: true, execArgv: [], env: {} }).unref();
} else if (isMainThread && folder !== undefined) {
  // Also of a program that a test ends.
  process.once("SIGTERM", () => process.exit(143));
  process.on("exit", () => {
    const { mutantCoverage } = host[namespace] ?? {};
    if (mutantCoverage) {
      const hits: Hits = {};
      for (const some of [mutantCoverage.static, ...Object.values(mutantCoverage.perTest)]) addHits(hits, some);
      // Renamed when it is whole: the test may be reading the folder.
      const part = join(folder, `${process.pid}-${process.hrtime.bigint()}`);
      writeFileSync(part, JSON.stringify(hits));
      renameSync(part, `${part}.json`);
    }
  });
}
