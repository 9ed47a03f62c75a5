// A plugin of Stryker, which knows no samples: of all mutants, it passes those that were drawn.
import { readFileSync } from "node:fs";
import { CheckStatus, type Checker, type CheckResult } from "@stryker-mutator/api/check";
import type { Mutant } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import { keyOf } from "./list-mutants.ts";

/** The variable that names a file with the keys of those drawn: Stryker runs a checker in a process of its own. */
export const drawnVariable = "MUTATE_DRAWN";

/** The reason that mutants outside the sample carry. */
export const outsideSample = "It is not in the sample.";

class SampleChecker implements Checker {
  private readonly drawn = new Set(JSON.parse(readFileSync(process.env[drawnVariable]!, "utf8")) as string[]);

  async init(): Promise<void> {}

  async group(mutants: Mutant[]): Promise<string[][]> {
    return [mutants.map(({ id }) => id)];
  }

  async check(mutants: Mutant[]): Promise<Record<string, CheckResult>> {
    const outside: CheckResult = { status: CheckStatus.CompileError, reason: outsideSample };
    const passed: CheckResult = { status: CheckStatus.Passed };
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.drawn.has(keyOf(mutant)) ? passed : outside]));
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, "sample", SampleChecker)];
