// What the client costs, beside the official SDK, in the same run: a part of pnpm bench.
import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { kindsOfSource, starters } from "./subjects.ts";
import { runCommand } from "@image-variations/command";

interface Benchmark {
  readonly kind: string;
  readonly title: string;
  /** The peer that the others are divided by. */
  readonly peer: string;
  /** The subjects, with the most that each may have of each figure: a ratio to the peer, or in MiB an amount. */
  readonly limits: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

const benchmarks: readonly Benchmark[] = [
  {
    kind: "start",
    title: "Import and construction, against an empty Node",
    peer: "empty Node",
    limits: { openai: {}, ours: { "CPU ms": 1.2 }, "ours, ./node": { "CPU ms": 1.2 } },
  },
  {
    kind: "call",
    title: "A call with a 50 KB image, against fetch with FormData",
    peer: "fetch and FormData",
    limits: { openai: {}, "bare node:http": {}, "ours, fetch": { "CPU ms": 1 }, "ours, ./node": { "CPU ms": 0.35 } },
  },
  ...kindsOfSource.map((source) => ({
    kind: "upload",
    title: `A call with a 50 KB image from ${source}, against fetch with FormData`,
    peer: `fetch and FormData, ${source}`,
    limits: { [`ours, ${source}`]: { "CPU ms": 1 } },
  })),
  {
    kind: "save",
    title: "Ten images of 4 MB as base64 to ten files, against the official SDK",
    peer: "openai",
    limits: {
      "bare fetch, nothing saved": {},
      "ours, streamVariation over fetch": {},
      "ours, saveVariation over fetch": { ms: 0.55, MiB: 45 },
      "ours, saveVariation over ./node": { ms: 0.4, MiB: 20 },
    },
  },
  {
    kind: "program",
    title: "The same as a whole program, from its start to the last file, against the official SDK",
    peer: "openai",
    limits: { "ours, saveVariation over fetch": {}, "ours, saveVariation over ./node": {} },
  },
];

const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

async function measure(kind: string, subject: string, port: number): Promise<Record<string, number>> {
  if (kind === "start") {
    const printed = execFileSync(process.execPath, [file(starters[subject]!)], { encoding: "utf8" });
    return { "CPU ms": Number(printed) };
  }
  const child = fork(file("measure.ts"), [kind, subject, String(port)]);
  return new Promise((resolve, reject) => {
    let result: Record<string, number> | undefined;
    child.on("message", (message: Record<string, number>) => (result = message));
    child.on("exit", (code) =>
      result ? resolve(result) : reject(new Error(`${kind}, ${subject}: exit code ${code}`)),
    );
  });
}

async function run({ kind, title, peer, limits }: Benchmark, rounds: number, port: number): Promise<void> {
  const samples = new Map<string, Record<string, number>[]>([peer, ...Object.keys(limits)].map((name) => [name, []]));
  // Round by round, because a machine's speed drifts while it works.
  for (let round = 0; round < rounds; round++) {
    for (const [name, list] of samples) list.push(await measure(kind, name, port));
  }
  console.log(`\n${title} (medians of ${rounds})`);
  for (const [name, list] of samples) {
    const figures = Object.keys(list[0]!).map((figure) => {
      const value = median(list.map((sample) => sample[figure]!));
      const ratio = median(list.map((sample, round) => sample[figure]! / samples.get(peer)![round]![figure]!));
      const limit = limits[name]?.[figure];
      const missed = limit !== undefined && (figure === "MiB" ? value : ratio) > limit;
      if (missed) process.exitCode = 1;
      const goal = limit === undefined ? "" : ` (at most ${limit}${missed ? ": MISSED" : ""})`;
      return `${value.toFixed(value < 10 ? 3 : 0)} ${figure}, ${ratio.toFixed(2)} x${goal}`;
    });
    console.log(`  ${name.padEnd(34)}${figures.join("   ")}`);
  }
}

await runCommand({
  help: `pnpm bench [rounds] [start|call|upload|save|program]

Measures the client beside the official SDK in the same run, and ends with 1 if a goal is missed. Default: 9 rounds of all.
`,
  maximumPositionals: 2,
  async run({ positionals: [rounds = "9", only] }) {
    const server: ChildProcess = fork(file("server.ts"));
    try {
      const [port] = (await once(server, "message")) as [number];
      for (const benchmark of benchmarks) {
        if (!only || only === benchmark.kind) await run(benchmark, Number(rounds), port);
      }
    } finally {
      server.disconnect();
    }
  },
});
