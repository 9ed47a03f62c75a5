// node run-stryker.ts <result> <sample> <seed> <pattern> [<file:line>...]: one run of Stryker in the package that is the working
// directory, with a sample of the faults or with all of some lines.
// A process of its own, because Stryker changes the files of its working directory.
import { copyFileSync, globSync, writeFileSync } from "node:fs";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { Stryker } from "@stryker-mutator/core";
import { drawSample } from "./draw-sample.ts";
import { keyOf, listMutants } from "./list-mutants.ts";
import { drawnVariable, outsideSample } from "./sample-checker.ts";
import { toSampledMutant } from "./sample-reporter.ts";
import type { SampledMutant } from "./sampled-mutant.ts";

const [, , resultFile = "", sample, seed, pattern = "", ...lines] = process.argv;

/** What the package's own configuration says, without the tests of types. Stryker itself ends what never ends. */
const configuration = `
import { mergeConfig } from "vitest/config";
import own from "./vitest.config.ts";
import ShortestFirst from "./shortest-first.ts";
export default mergeConfig(own, {
  test: {
    typecheck: { enabled: false },
    setupFiles: ["./child-processes.ts"],
    sequence: { sequencer: ShortestFirst },
  },
});
`;
// Beside the package, whose own Vitest they are for.
for (const name of ["child-processes.ts", "child-process.ts", "shortest-first.ts"]) {
  copyFileSync(new URL(name, import.meta.url), name);
}
writeFileSync("vitest.mutate.config.ts", configuration);

const sources = globSync(pattern, {
  // What is generated, and what tests are made of: the accuracy of spec-diff is a table of cases.
  exclude: ["**/{generated,testing,accuracy}/**", "**/*.{test,test-d,d}.ts"],
});
const mutants = await listMutants(sources);
const lineOf = ({ fileName, location }: (typeof mutants)[number]): string =>
  `${relative(process.cwd(), fileName)}:${location.start.line + 1}`;
const drawn =
  lines.length > 0
    ? mutants.filter((mutant) => lines.includes(lineOf(mutant)))
    : drawSample(mutants, Number(sample), Number(seed));
const drawnFile = `${resultFile}.drawn`;
writeFileSync(drawnFile, JSON.stringify(drawn.map(keyOf)));
process.env[drawnVariable] = drawnFile;
console.log(`${drawn.length} of ${mutants.length} faults in ${sources.length} sources, seed ${seed}`);

// Only the places of the sample are compiled with a switch, so that the tests are as fast as ever.
const places = drawn.map(({ fileName, location: { start, end } }) => {
  const range = `${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
  return `${relative(process.cwd(), fileName)}:${range}`;
});
const ofRunner = { vitest: { configFile: "vitest.mutate.config.ts", related: false } };
const stryker = new Stryker({
  // Options of the runner's plugin, which Stryker's own types don't know.
  ...ofRunner,
  mutate: [...new Set(places)],
  testRunner: "vitest",
  plugins: [
    fileURLToPath(import.meta.resolve("@stryker-mutator/vitest-runner")),
    fileURLToPath(new URL("sample-checker.ts", import.meta.url)),
    fileURLToPath(new URL("sample-reporter.ts", import.meta.url)),
  ],
  checkers: ["sample"],
  coverageAnalysis: "perTest",
  inPlace: true,
  // It would write a comment into every source, also into what is generated, which tests compare. Nothing is type-checked.
  disableTypeChecks: false,
  concurrency: 1,
  reporters: ["sample"],
  allowConsoleColors: false,
  // So long that only what never ends is ended, also on a busy machine. What passes a fault a hundred times as often as
  // the tests did without it is ended at once.
  timeoutMS: 20_000,
  timeoutFactor: 2.5,
  dryRunTimeoutMinutes: 30,
  warnings: false,
});
const results = await stryker.runMutationTest();
const sampled: SampledMutant[] = results
  .filter(({ statusReason }) => statusReason !== outsideSample)
  .map(toSampledMutant);
writeFileSync(resultFile, JSON.stringify(sampled));
