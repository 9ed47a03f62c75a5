// pnpm bench [rounds] help: what it costs to ask the command for help, against a Node that does nothing. Fails if the goal is missed.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const rounds = Number(process.argv[2] ?? 31);
const main = fileURLToPath(new URL("../../../cli/dist/main.js", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "image-variations-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const empty = join(folder, "empty.mjs");
writeFileSync(empty, "");

/** How much more CPU time than an empty Node help may take. */
const goal = 1.5;

const subjects: Readonly<Record<string, readonly string[]>> = {
  "empty Node": [empty],
  "--help": [main, "--help"],
  "create --help": [main, "create", "--help"],
  "--version": [main, "--version"],
};

/** The CPU time of a process from its start to its end, in milliseconds. */
function cpuTimeOf(args: readonly string[]): number {
  const script = `TIMEFORMAT="%3U %3S"; time "$@" > /dev/null`;
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", process.execPath, ...args], { encoding: "utf8" });
  if (status !== 0) throw new Error(`${args.join(" ")} ended with ${status}: ${stderr}`);
  const [user = 0, system = 0] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  return (user + system) * 1_000;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const times = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]));
for (let round = 0; round <= rounds; round++) {
  // By turns, so that whatever else the machine does falls on all of them. The first round fills the caches of the disk.
  for (const [name, args] of Object.entries(subjects)) {
    const time = cpuTimeOf(args);
    if (round > 0) times.get(name)?.push(time);
  }
}

const [peer = Number.NaN] = [...times.values()].map(median);
console.log(`\nCPU time from the start of the process to its end (medians of ${rounds})`);
console.table(
  [...times].map(([subject, all]) => {
    const ratio = median(all) / peer;
    const isMissed = ratio > goal;
    if (isMissed) process.exitCode = 1;
    return {
      subject,
      "CPU ms": median(all).toFixed(0),
      "against empty Node": ratio.toFixed(2),
      [`at most ${goal}`]: isMissed ? "MISSED" : "yes",
    };
  }),
);
