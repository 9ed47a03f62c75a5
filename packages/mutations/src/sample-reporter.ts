// A plugin of Stryker that prints each fault of the sample that lives, when it is known to, and how many were tried.
import { relative } from "node:path";
import type { MutantResult } from "@stryker-mutator/api/core";
import { declareClassPlugin, PluginKind } from "@stryker-mutator/api/plugin";
import type { Reporter } from "@stryker-mutator/api/report";
import { outsideSample } from "./sample-checker.ts";
import { isKilled, shorten, type Position, type SampledMutant } from "./sampled-mutant.ts";

class SampleReporter implements Reporter {
  private tried = 0;

  onMutantTested(mutant: Readonly<MutantResult>): void {
    if (mutant.statusReason === outsideSample) return;
    this.tried += 1;
    const sampled = toSampledMutant(mutant);
    if (!isKilled(sampled) || sampled.byClock) {
      const { path, start, mutatorName, replacement, status } = sampled;
      const place = `${path}:${start.line + 1}:${start.column + 1}`;
      console.log(`${this.tried}: ${place} ${status}: ${mutatorName}, ${shorten(replacement)}`);
    } else if (this.tried % 20 === 0) {
      console.log(`${this.tried} faults were tried`);
    }
  }
}

/** What is kept of Stryker's result, whose lines and columns count from 1. */
export function toSampledMutant({
  fileName,
  location,
  mutatorName,
  replacement,
  status,
  statusReason = "",
}: MutantResult): SampledMutant {
  const [start, end] = [location.start, location.end].map(({ line, column }) => ({
    line: line - 1,
    column: column - 1,
  })) as [Position, Position];
  const byClock = status === "Timeout" && !statusReason.startsWith("Hit limit");
  return { path: relative(process.cwd(), fileName), start, end, mutatorName, replacement, status, byClock };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, "sample", SampleReporter)];
