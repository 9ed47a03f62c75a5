// node packages/benchmarks/src/soak/soak.ts [--minutes 30] [--no-queue]: good, bad, slow and aborted requests at twice the capacity,
// while workers are killed and servers and Redis are restarted. Prints what became of every request.
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Redis } from "ioredis";
import { startRedis } from "../../../server/src/testing/start-redis.ts";
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

/** Images that were made, and how often: more than once is paid twice. */
const made = new Map<string, number>();
const onMade = (key: string): void => void made.set(key, (made.get(key) ?? 0) + 1);

const redis = hasQueue ? await startRedis() : undefined;
const s3 = await startProcess("s3", { env: {} });
const endpoint = `http://127.0.0.1:${s3.port}`;
const env = { SOAK_S3: endpoint, ...(redis && { SOAK_REDIS: redis.url }) };
const start = (program: "server" | "worker", count: number): Promise<SoakProcess[]> =>
  Promise.all(Array.from({ length: count }, () => startProcess(program, { env, onMade })));
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

const chaos = { "workers killed": 0, "servers restarted": 0, "Redis restarted": 0 };
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
    const worker = workers[turn % workers.length];
    if (!worker) return;
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
    await redis.stop();
    await sleep(3_000);
    await redis.start();
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

async function memory(): Promise<string> {
  const list = await Promise.all([...servers, ...workers].map((process) => process.memory()));
  return list.map((value) => value.toFixed(0)).join(", ");
}

// Two images a request, of those that are not bad.
const capacity = (3 * concurrency * 1_000) / (2 * imageDuration);
console.log(
  `${capacity.toFixed(1)} requests a second are the capacity, ${(2 * capacity).toFixed(1)} are sent, for ${values.minutes} minutes.`,
);
let early = "";
while (!isOver()) {
  const sent = sendOne(sentCount);
  sending.add(sent);
  void sent.finally(() => sending.delete(sent));
  sentCount += 1;
  if (early === "" && performance.now() - startedAt > duration / 4) early = await memory();
  await sleep(Math.max(0, startedAt + (sentCount * 1_000) / (2 * capacity) - performance.now()));
}
await Promise.all([...troubles, ...sending]);
const late = await memory();
clearInterval(balancer);
// What was given up is cleaned up behind.
await sleep(30_000);

const ended = [...outcomes.values()].flatMap((counts) => [...counts.values()]).reduce((sum, count) => sum + count, 0);
const store = createSoakStore(endpoint);
const left = await listFiles();
const jobKeys = redis ? await listJobKeys(redis.url) : [];
console.table(Object.fromEntries([...outcomes].map(([kind, counts]) => [kind, Object.fromEntries(counts)])));
console.table({
  sent: sentCount,
  ended,
  lost: sentCount - ended,
  "asked the other server": rerouted,
  ...chaos,
  "images made": [...made.values()].reduce((sum, count) => sum + count, 0),
  "images made twice": [...made.values()].filter((count) => count > 1).length,
  "images of complete responses": served.reduce((sum, { n }) => sum + n, 0),
  "job keys left behind": jobKeys.length,
  "files left behind": left.length,
});
if (reasons.size > 0) console.table(Object.fromEntries(reasons));
console.log(`Memory in MiB of servers, then workers: ${early} at a quarter of the time, ${late} at the end.`);

for (const process of [...servers, ...workers]) await process.stop("SIGTERM");
await s3.stop("SIGTERM");
await store.close?.();
await redis?.[Symbol.asyncDispose]();
const words = [...outcomes.values()].reduce((sum, counts) => sum + (counts.get("not the contract's words") ?? 0), 0);
if (sentCount !== ended || words > 0 || jobKeys.length > 0 || left.length > 0) process.exitCode = 1;

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
