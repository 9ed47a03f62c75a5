// pnpm bench [rounds] [name]: every figure of each package, or those of one name, beside their peers.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { CommandError, runCommand } from "@image-variations/command";

const benchmarks = fileURLToPath(new URL("../../../packages/benchmarks/src/", import.meta.url));
const benches = [
  { file: "client/bench.ts", names: ["start", "call", "upload", "save", "program"] },
  { file: "cli/start.ts", names: ["help"] },
  { file: "cli/check.ts", names: ["pngcheck", "flat"] },
  { file: "server/bench.ts", names: ["request", "rate", "first", "held"] },
  { file: "validation/bench.ts", names: ["header", "structure", "pixels", "memory", "costly"] },
  { file: "engine/speed.ts", names: ["simd", "workers", "seconds", "rss"] },
  { file: "spec-diff/large.ts", names: ["large"] },
];
const allNames = benches.flatMap(({ names }) => names);

await runCommand({
  help: `pnpm bench [rounds] [name]

Measures every package beside its peers in the same run, and ends with 1 if a goal is missed.

  rounds   how often each subject is measured. Default: what each benchmark needs
  name     measure this alone: ${allNames.join(", ")}
`,
  maximumPositionals: 2,
  run({ positionals }) {
    const [rounds, name] = positionals;
    if ((rounds !== undefined && !/^[1-9]\d*$/.test(rounds)) || (name !== undefined && !allNames.includes(name))) {
      throw new CommandError(
        `Got "${positionals.join(" ")}". Pass a number of rounds, then one of ${allNames.join(", ")}; or nothing.`,
      );
    }
    for (const { file } of benches.filter(({ names }) => !name || names.includes(name))) {
      const { status } = spawnSync(process.execPath, [`${benchmarks}${file}`, ...positionals], { stdio: "inherit" });
      if (status !== 0) process.exitCode = 1;
    }
  },
});
