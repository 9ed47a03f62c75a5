// pnpm mutate: faults in the source of a package, one at a time, and how many of them its own tests notice.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError, runCommand } from "@image-variations/command";
import { copyWorkspace } from "@image-variations/testing/copy-repository";
import { describeMutant, isKilled, type SampledMutant } from "./sampled-mutant.ts";

const packages = ["client", "validation", "codegen", "spec-diff"];
/** The share of faults that a package's tests have to notice. */
const goal = 0.9;

await runCommand({
  help: `pnpm mutate [--package NAME] [--sample COUNT] [--seed NUMBER] [--only PATTERN] [--at FILE:LINE]

Puts faults into the source of a package, one at a time, runs the package's own tests, and prints the faults that no test
notices as file:line, original → mutated. Works in a copy of the workspace. Ends with 1 if less than 90 % are noticed.

  --package NAME   ${packages.join(", ")}. Default: all of them, one after the other
  --sample COUNT   how many faults are drawn in each. Default: 200
  --seed NUMBER    draws the same faults again. Default: another one each time, which is printed
  --only PATTERN   the sources that get faults, from the package's folder. Default: src/**/*.ts
  --at FILE:LINE   every fault of this line in place of a sample, to look at one again; may be repeated
`,
  options: {
    package: { type: "string" },
    sample: { type: "string", default: "200" },
    seed: { type: "string" },
    only: { type: "string", default: "src/**/*.ts" },
    at: { type: "string", multiple: true, default: [] },
  },
  async run({ values }) {
    const name = values["package"] as string | undefined;
    if (name !== undefined && !packages.includes(name)) {
      throw new CommandError(`--package must be one of ${packages.join(", ")}, got "${name}".`);
    }
    const sample = readNumber("--sample", values["sample"]);
    const seed = readNumber("--seed", values["seed"] ?? String(1 + Math.floor(Math.random() * 2 ** 31)));
    const folder = mkdtempSync(join(tmpdir(), "mutations-"));
    try {
      copyWorkspace(folder);
      for (const chosen of name === undefined ? packages : [name]) {
        const [only, lines] = [String(values["only"]), values["at"] as string[]];
        await mutatePackage(folder, chosen, { sample, seed, only, lines });
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
});

interface Settings {
  readonly sample: number;
  readonly seed: number;
  readonly only: string;
  readonly lines: readonly string[];
}

async function mutatePackage(folder: string, name: string, { sample, seed, only, lines }: Settings): Promise<void> {
  const cwd = join(folder, "packages", name);
  const resultFile = join(folder, `${name}.json`);
  const program = fileURLToPath(new URL("run-stryker.ts", import.meta.url));
  const child = spawn(process.execPath, [program, resultFile, String(sample), String(seed), only, ...lines], {
    cwd,
    // The properties of the package's tests try the same values each time.
    env: { ...process.env, FAST_CHECK_SEED: String(seed) },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0) throw new CommandError(`Stryker ended with exit code ${code} in packages/${name}.`);
  const mutants = JSON.parse(readFileSync(resultFile, "utf8")) as SampledMutant[];
  if (mutants.length === 0) {
    const where =
      lines.length > 0 ? `--at ${lines.join(" --at ")} has no faults` : `--only ${only} has no source with faults`;
    throw new CommandError(`${where} in packages/${name}.`);
  }
  const killed = mutants.filter(isKilled);
  const share = killed.length / mutants.length;
  for (const mutant of mutants.filter((candidate) => !isKilled(candidate))) {
    console.log(describeMutant(mutant, readFileSync(join(cwd, mutant.path), "utf8")));
  }
  // What the clock ended, a slow machine could have ended: each is for a person to look at.
  const byClock = mutants.filter((mutant) => mutant.byClock);
  for (const mutant of byClock) {
    console.log(`ended by the clock: ${describeMutant(mutant, readFileSync(join(cwd, mutant.path), "utf8"))}`);
  }
  console.log(
    `${name}: ${killed.length} of ${mutants.length} killed (${(share * 100).toFixed(1)} %, at least ${goal * 100} %), ` +
      `${byClock.length} of them by the clock, seed ${seed}`,
  );
  if (share < goal) process.exitCode = 1;
}

function readNumber(option: string, text: unknown): number {
  if (!/^[1-9]\d*$/.test(String(text))) {
    throw new CommandError(`${option} must be a whole number, at least 1, got "${String(text)}".`);
  }
  return Number(text);
}
