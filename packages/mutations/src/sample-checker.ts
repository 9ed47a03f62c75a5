// A plugin of Stryker, which knows no samples: of all mutants, it passes those that are drawn.
import { CheckStatus, type Checker, type CheckResult } from "@stryker-mutator/api/check";
import type { Mutant } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { drawSample } from "./draw-sample.ts";

/** How many mutants are drawn, and by which seed: variables, because Stryker runs a checker in a process of its own. */
export const sampleVariables = { count: "MUTATE_SAMPLE", seed: "MUTATE_SEED" } as const;

/** The reason that mutants outside the sample carry. */
export const outsideSample = "It is not in the sample.";

class SampleChecker implements Checker {
  private drawn: ReadonlySet<string> = new Set();

  async init(): Promise<void> {}

  /** Stryker calls it once, with all mutants. */
  async group(mutants: Mutant[]): Promise<string[][]> {
    const { [sampleVariables.count]: count, [sampleVariables.seed]: seed } = process.env;
    const sorted = mutants.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
    this.drawn = new Set(drawSample(sorted, Number(count), Number(seed)).map(({ id }) => id));
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    return Object.fromEntries(
      mutants.map(({ id }): [string, CheckResult] => [
        id,
        this.drawn.has(id)
          ? { status: CheckStatus.Passed }
          : { status: CheckStatus.CompileError, reason: outsideSample },
      ]),
    );
  }
}

function placeOf({ fileName, location: { start, end }, mutatorName, replacement }: Mutant): string {
  return JSON.stringify([fileName, start.line, start.column, end.line, end.column, mutatorName, replacement]);
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, "sample", SampleChecker)];
