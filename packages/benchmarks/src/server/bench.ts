// What the server costs, beside its peers, in the same run: a part of pnpm bench.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { runCommand } from "@image-variations/command";
import { openLoad, type Load } from "./load.ts";
import { requestBody } from "./request-body.ts";
import type { Cost } from "./subject.ts";

/** A server in a process of its own, under load. */
interface Subject extends Load {
  cost(): Promise<Cost>;
}

/** Nothing is stored, so that nothing is held. */
const base64 = { response_format: "b64_json" };

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

async function withSubject<Result>(
  name: string,
  body: ReturnType<typeof requestBody>,
  use: (subject: Subject) => Promise<Result>,
): Promise<Result> {
  const child = fork(fileURLToPath(new URL("./subject.ts", import.meta.url)), [name], { execArgv: ["--expose-gc"] });
  try {
    const [{ port }] = (await once(child, "message")) as [{ port: number }];
    const path = name === "prism" ? "/images/variations" : "/v1/images/variations";
    using load = openLoad(`http://127.0.0.1:${port}${path}`, body);
    const cost = async (): Promise<Cost> => {
      child.send("cost");
      const [measured] = (await once(child, "message")) as [Cost];
      return measured;
    };
    return await use({ ...load, cost });
  } finally {
    child.disconnect();
    await once(child, "exit");
  }
}

/** CPU time of a request in microseconds, when all is warm. */
function cpuOf(name: string): Promise<number> {
  return withSubject(name, requestBody(50_000, base64), async ({ send, cost }) => {
    await send(1_500);
    const before = await cost();
    await send(1_500);
    return ((await cost()).cpu - before.cpu) / 1.5;
  });
}

/** Requests in a second. */
function rateOf(name: string, count: number): Promise<number> {
  return withSubject(name, requestBody(50_000, base64), async ({ send }) => {
    await send(count / 2);
    const started = performance.now();
    await send(count);
    return (count * 1_000) / (performance.now() - started);
  });
}

function tell(title: string, line: string, holds: boolean): void {
  console.log(`\n${title}\n  ${line}${holds ? "" : ": MISSED"}`);
  if (!holds) process.exitCode = 1;
}

const benchmarks: Readonly<Record<string, (rounds: number) => Promise<void>>> = {
  async request(rounds) {
    const ratios: number[] = [];
    const times: Record<string, number[]> = { bare: [], ours: [] };
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, list] of Object.entries(times)) list.push(await cpuOf(name));
      ratios.push(times["ours"]![round]! / times["bare"]![round]!);
    }
    const [bare, ours] = Object.values(times).map((list) => Math.round(median(list)));
    const ratio = median(ratios);
    tell(
      `CPU of a request with a 50 kB image, against bare node:http that drops the body (medians of ${rounds})`,
      `bare ${bare} µs, ours ${ours} µs: ${ratio.toFixed(2)} x (at most 3.0)`,
      ratio <= 3,
    );
  },
  async rate() {
    const [prism, ours] = [await rateOf("prism", 100), await rateOf("ours", 3_000)];
    tell(
      "Requests with a 50 kB image in a second, against Prism's mock of the same spec",
      `Prism ${Math.round(prism)}, ours ${Math.round(ours)}: ${(ours / prism).toFixed(0)} x (at least 20)`,
      ours / prism >= 20,
    );
  },
  async first() {
    const body = requestBody(1_000, { n: "10", response_format: "b64_json" });
    const { first, last } = await withSubject("slow", body, async ({ time }) => {
      await time();
      return time();
    });
    tell(
      "Time to the first byte of ten images as base64, by a backend that takes 200 ms for each",
      `first byte after ${Math.round(first)} ms, last after ${Math.round(last)} ms: ${(first / last).toFixed(2)} (one image of ten is 0.10, at most 0.15)`,
      first / last <= 0.15,
    );
  },
  async held() {
    const [before, after] = await withSubject("ours", requestBody(50_000, base64), async ({ send, cost }) => {
      await send(2_000);
      const warm = (await cost()).heap;
      await send(10_000);
      return [warm, (await cost()).heap];
    });
    const growth = after! - before!;
    tell(
      "What the server holds after 10,000 more requests, garbage collected",
      `${before!.toFixed(1)} MiB, then ${after!.toFixed(1)} MiB: ${growth >= 0 ? "+" : ""}${growth.toFixed(2)} MiB (at most 1)`,
      growth <= 1,
    );
  },
};

await runCommand({
  help: `pnpm bench [rounds] [request|rate|first|held]

Measures the server beside its peers in the same run, and ends with 1 if a goal is missed. Default: 5 rounds of all.
`,
  maximumPositionals: 2,
  async run({ positionals: [rounds = "5", only] }) {
    for (const [name, measure] of Object.entries(benchmarks)) {
      if (!only || only === name) await measure(Number(rounds));
    }
  },
});
