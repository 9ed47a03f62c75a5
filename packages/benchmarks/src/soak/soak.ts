// node packages/benchmarks/src/soak/soak.ts [--minutes 30] [--no-queue]: good, bad, slow and aborted requests at twice the capacity,
// while workers are killed and servers and Redis are restarted. Prints what became of every request.
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { startRedis } from "@image-variations/testing/start-redis";
import { imageDuration } from "./counting-backend.ts";
import { startProcess, type SoakProcess } from "./processes.ts";
import { sendRequest, type Kind } from "./send-request.ts";
import { concurrency, createSoakStore } from "./settings.ts";

const { values } = parseArgs({
  options: { minutes: { type: "string", default: "30" }, "no-queue": { type: "boolean", default: false } },
});
const duration = Number(values.minutes) * 60_000;
if (!(duration > 0)) throw new TypeError(`--minutes must be a number above 0, got ${values.minutes}.`);
const hasQueue = !values["no-queue"];

/** Something that a process did, or that was done to it. */
interface Deed {
  readonly by: number;
  /** In milliseconds since the start of this program. */
  readonly at: number;
}

/** Images that were made, by whom and when: more than once is paid twice. */
const made = new Map<string, Deed[]>();
const killed: Deed[] = [];
/** An image that is made is stored within this time, in milliseconds. */
const storing = 2_000;

const redis = hasQueue ? await startRedis() : undefined;
const s3 = await startProcess("s3", { env: {} });
const endpoint = `http://127.0.0.1:${s3.port}`;
const env = { SOAK_S3: endpoint, ...(redis && { SOAK_REDIS: redis.url }) };
const start = (program: "server" | "worker", count: number): Promise<SoakProcess[]> =>
  Promise.all(
    Array.from({ length: count }, (_, by) =>
      startProcess(program, {
        env,
        onMade: (key) => void made.set(key, [...(made.get(key) ?? []), { by, at: performance.now() }]),
      }),
    ),
  );
const servers = await start("server", hasQueue ? 2 : 1);
const workers = await start("worker", hasQueue ? 3 : 0);

/** The servers that say that they are ready: what a load balancer asks. */
let ready = [...servers];
const balancer = setInterval(() => {
  void Promise.all(
    servers.map(async (server) => {
      const response = await fetch(`http://127.0.0.1:${server.port}/readyz`).catch(() => undefined);
      return response?.ok ? [server] : [];
    }),
  ).then((lists) => (ready = lists.flat()));
}, 200);

const chaos = {
  "workers killed": 0,
  "servers restarted": 0,
  "Redis restarted": 0,
  "seconds without Redis, at most": 0,
};
const startedAt = performance.now();
const isOver = (): boolean => performance.now() - startedAt > duration;

/** Does something again and again, first after half the time. */
async function every(milliseconds: number, act: (turn: number) => Promise<void>): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const at = milliseconds * (turn + 0.5);
    while (performance.now() - startedAt < at) {
      if (isOver()) return;
      await sleep(100);
    }
    await act(turn);
  }
}

const troubles = [
  every(60_000, async (turn) => {
    const by = turn % workers.length;
    const worker = workers[by];
    if (!worker) return;
    killed.push({ by, at: performance.now() });
    await worker.stop("SIGKILL");
    chaos["workers killed"] += 1;
    await sleep(2_000);
    await worker.start();
  }),
  every(duration / 6, async (turn) => {
    const server = servers[turn % servers.length];
    await server?.stop("SIGTERM");
    await server?.start();
    chaos["servers restarted"] += 1;
  }),
  every(duration / 2.2, async () => {
    if (!redis) return;
    const stoppedAt = performance.now();
    await redis.stop();
    await sleep(3_000);
    await redis.start();
    const away = Math.round((performance.now() - stoppedAt) / 1_000);
    chaos["seconds without Redis, at most"] = Math.max(chaos["seconds without Redis, at most"], away);
    chaos["Redis restarted"] += 1;
  }),
];

const kinds: readonly Kind[] = ["base64", "base64", "base64", "url", "url", "slow", "aborted", "bad"];
const outcomes = new Map<string, Map<string, number>>();
const files = new Set<string>();
/** Why responses broke off, with the minute. */
const reasons = new Map<string, number>();
const sending = new Set<Promise<void>>();
const served: { readonly user: string; readonly n: number }[] = [];
let sentCount = 0;
let rerouted = 0;

async function sendOne(number: number): Promise<void> {
  const kind = kinds[number % kinds.length] ?? "base64";
  const n = randomInt(1, 4);
  const user = `request-${number}`;
  const listed = ready.length > 0 ? ready : servers;
  const first = listed[number % listed.length];
  const other = servers.find((server) => server !== first) ?? first;
  const result = await sendRequest({ kind, user, n, ports: [first?.port ?? 0, other?.port ?? 0] });
  const counts = outcomes.get(kind) ?? new Map<string, number>();
  outcomes.set(kind, counts.set(result.outcome, (counts.get(result.outcome) ?? 0) + 1));
  for (const file of result.files) files.add(file);
  if (result.wasRerouted) rerouted += 1;
  if (result.reason !== undefined) {
    const minute = Math.floor((performance.now() - startedAt) / 60_000);
    const key = `${result.reason} (${kind}, minute ${minute})`;
    reasons.set(key, (reasons.get(key) ?? 0) + 1);
  }
  if (result.outcome === "200") served.push({ user, n });
}

/** The most MiB of a server and of a worker, in each quarter of the time. */
const memory = Array.from({ length: 4 }, () => ({ server: 0, worker: 0 }));
async function weigh(): Promise<void> {
  const quarter = memory[Math.min(3, Math.floor((4 * (performance.now() - startedAt)) / duration))];
  if (!quarter) return;
  const most = async (processes: readonly SoakProcess[]): Promise<number> =>
    Math.max(0, ...(await Promise.all(processes.map((process) => process.memory()))).filter((value) => value > 0));
  quarter.server = Math.max(quarter.server, Math.round(await most(servers)));
  quarter.worker = Math.max(quarter.worker, Math.round(await most(workers)));
}
const scales = setInterval(() => void weigh(), 5_000);

// Two images a request, of those that are not bad.
const capacity = (3 * concurrency * 1_000) / (2 * imageDuration);
console.log(
  `${capacity.toFixed(1)} requests a second are the capacity, ${(2 * capacity).toFixed(1)} are sent, for ${values.minutes} minutes.`,
);
while (!isOver()) {
  const sent = sendOne(sentCount);
  sending.add(sent);
  void sent.finally(() => sending.delete(sent));
  sentCount += 1;
  await sleep(Math.max(0, startedAt + (sentCount * 1_000) / (2 * capacity) - performance.now()));
}
await Promise.all([...troubles, ...sending]);
clearInterval(balancer);
clearInterval(scales);
// What was given up is cleaned up behind.
await sleep(30_000);

const twice = [...made.values()].filter(({ length }) => length > 1);
/** Whether the worker that made an image first was killed before it can have stored it: the one case that costs twice. */
const wasKilled = ([first]: readonly Deed[]): boolean =>
  killed.some(({ by, at }) => first?.by === by && at >= first.at && at - first.at < storing);
const ended = [...outcomes.values()].flatMap((counts) => [...counts.values()]).reduce((sum, count) => sum + count, 0);
const store = createSoakStore(endpoint);
const left = await listFiles();
const jobKeys = redis ? await listJobKeys(redis.url) : [];
console.table(Object.fromEntries([...outcomes].map(([kind, counts]) => [kind, Object.fromEntries(counts)])));
console.table({
  sent: sentCount,
  ended,
  lost: sentCount - ended,
  "asked another time": rerouted,
  ...chaos,
  "images made": [...made.values()].reduce((sum, { length }) => sum + length, 0),
  "images made twice": twice.length,
  "of them by a worker killed before it stored them": twice.filter(wasKilled).length,
  "images of complete responses": served.reduce((sum, { n }) => sum + n, 0),
  "job keys left behind": jobKeys.length,
  "files left behind": left.length,
});
if (reasons.size > 0) console.table(Object.fromEntries(reasons));
const shown = (program: "server" | "worker"): string => memory.map((quarter) => quarter[program]).join(", ");
console.log(
  `The most MiB of a server in each quarter of the time: ${shown("server")}; of a worker: ${shown("worker")}.`,
);

for (const process of [...servers, ...workers]) await process.stop("SIGTERM");
await s3.stop("SIGTERM");
await store.close?.();
await redis?.[Symbol.asyncDispose]();
const countOf = (outcome: string): number =>
  [...outcomes.values()].reduce((sum, counts) => sum + (counts.get(outcome) ?? 0), 0);
const wrong = ["not the contract's words", "broken off", "no connection", "500"].reduce(
  (sum, outcome) => sum + countOf(outcome),
  0,
);
const isClean =
  sentCount === ended && wrong === 0 && jobKeys.length === 0 && left.length === 0 && twice.every(wasKilled);
console.log(isClean ? "Clean." : "Not clean.");
if (!isClean) process.exitCode = 1;

/** Objects that no response has named. */
async function listFiles(): Promise<string[]> {
  const keys: string[] = [];
  let token = "";
  do {
    const query = `list-type=2${token && `&continuation-token=${encodeURIComponent(token)}`}`;
    const xml = await (await fetch(`${endpoint}/soak?${query}`)).text();
    for (const [, key = ""] of xml.matchAll(/<Key>([^<]*)<\/Key>/g)) keys.push(key.replace(/^.*\//, ""));
    token = /<NextContinuationToken>([^<]*)</.exec(xml)?.[1] ?? "";
  } while (token);
  return keys.filter((key) => !files.has(key));
}

async function listJobKeys(url: string): Promise<string[]> {
  const client = new Redis(url);
  const keys = await client.keys("bull:*");
  client.disconnect();
  return keys.filter((key) => /:[\w-]{43}(:|$)/.test(key));
}
