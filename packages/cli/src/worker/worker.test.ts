import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import nodeModule from "node:module";
import { eventually } from "@image-variations/testing/eventually";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import type { S3Bucket } from "@image-variations/testing/s3-bucket";
import { startRedis, withoutRedis, type RunningRedis } from "@image-variations/testing/start-redis";
import { startS3 } from "@image-variations/testing/start-s3";
import { startSwift, withoutSwift } from "@image-variations/testing/start-swift";
import { commands } from "../application.ts";
import { contractParameter } from "../settings/contract-flags.ts";
import { runFake, type FakeWorld } from "../testing/fake-context.ts";
import { otter } from "../testing/otter.ts";
import { program } from "../testing/run-in-terminal.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";

const why = withoutRedis ?? withoutSwift;
if (why !== undefined) console.warn(`Not all of worker was tested: ${why}.`);

const { allowed: [size = ""] = [] } = contractParameter("size") as { allowed?: readonly string[] };

function post(
  url: string,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const form = new FormData();
  form.append("image", new File([otter], "otter.png", { type: "image/png" }));
  for (const [name, value] of Object.entries({ size, ...fields })) form.append(name, value);
  return fetch(`${url}/images/variations`, { method: "POST", body: form, headers });
}

interface RunningCommand {
  readonly child: ChildProcess;
  /** What it has printed. */
  output(): string;
  /** Resolves with the match when it has printed something. */
  printed(pattern: RegExp): Promise<string>;
}

/** Runs the built command until the test has finished. */
function run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): RunningCommand {
  const { PATH = "" } = process.env;
  const child = spawn(process.execPath, [program, ...args], { env: { PATH, ...environment } });
  onTestFinished(() => void child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return {
    child,
    output: () => output,
    async printed(pattern) {
      await eventually(() => expect(output).toMatch(pattern));
      return pattern.exec(output)?.[1] ?? "";
    },
  };
}

async function stop({ child }: RunningCommand): Promise<number | null> {
  child.kill("SIGTERM");
  const [code] = (await once(child, "exit")) as [number | null];
  return code;
}

/** A store's URL and the variables that it needs. */
function storeOf({ endpoint, bucket, accessKeyId, secretAccessKey }: S3Bucket) {
  const url = `s3://${bucket}/of-a-test?endpoint=${encodeURIComponent(endpoint)}`;
  return { url, environment: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } };
}

describe.skipIf(withoutRedis !== undefined)("worker and serve", () => {
  let redis: RunningRedis;
  beforeAll(async () => void (redis = await startRedis()));
  afterAll(() => redis[Symbol.asyncDispose]());

  test.skipIf(withoutSwift !== undefined)(
    "make images together by a Redis and a bucket, and each server serves the URLs of the other",
    async () => {
      await using swift = await startSwift();
      const { url, environment } = storeOf(swift.options);
      const shared = ["--queue", redis.url, "--store", url];
      const servers = [0, 1].map(() => run(["serve", "--port", "0", ...shared], environment));
      const worker = run(["worker", ...shared, "--concurrency", "2"], environment);
      await worker.printed(/Serving the queue image-variations at (redis:\S+) with engine\./);
      const urls = await Promise.all(servers.map((server) => server.printed(/OPENAI_BASE_URL=(\S+)/)));
      const response = await post(urls[0] ?? "", { n: "2" });
      expect(response.status).toBe(200);
      const { data } = (await response.json()) as { data: { url: string }[] };
      expect(data).toHaveLength(2);
      for (const image of data) {
        const path = new URL(image.url).pathname;
        const file = await fetch(new URL(path, urls[1]), { headers: { range: "bytes=1-3" } });
        expect([file.status, await file.text()]).toEqual([206, "PNG"]);
      }
      expect(await Promise.all([worker, ...servers].map(stop))).toEqual([0, 0, 0]);
      const printed = [worker, ...servers].map((command) => command.output()).join("\n");
      expect(printed).not.toContain(swift.options.secretAccessKey);
    },
  );

  test("read everything from the environment, as containers do", async () => {
    await using s3 = await startS3();
    const { url, environment } = storeOf(s3.options);
    const shared = { ...environment, IMAGE_VARIATIONS_REDIS: redis.url, IMAGE_VARIATIONS_STORE: url };
    const server = run(["serve"], { ...shared, IMAGE_VARIATIONS_PORT: "0" });
    const worker = run(["worker"], { ...shared, IMAGE_VARIATIONS_BACKEND: "engine" });
    await worker.printed(/Serving the queue/);
    const response = await post(await server.printed(/OPENAI_BASE_URL=(\S+)/));
    expect(response.status).toBe(200);
    expect((await s3.listKeys()).filter((key) => key.startsWith("of-a-test/"))).not.toEqual([]);
    await Promise.all([server, worker].map(stop));
  });

  test("worker ends its jobs after SIGTERM, and does not wait for them after a second one", async () => {
    const folder = temporaryFolder();
    // A server that never responds is what the backend waits for.
    const { createServer } = await import("node:net");
    const deaf = createServer((socket) => socket.on("error", () => {})).listen(0, "127.0.0.1");
    await once(deaf, "listening");
    onTestFinished(() => void deaf.close());
    const { port } = deaf.address() as { readonly port: number };
    const shared = ["--queue", redis.url, "--store", "directory", "--store-directory", folder];
    const server = run(["serve", "--port", "0", ...shared]);
    const slow = ["--backend", "variations", "--backend-option", `baseURL=http://127.0.0.1:${port}/v1`];
    const worker = run(["worker", ...shared, ...slow], { IMAGE_VARIATIONS_SHUTDOWN_TIMEOUT: "60000" });
    await worker.printed(/Serving the queue/);
    const connected = once(deaf, "connection");
    const response = post(await server.printed(/OPENAI_BASE_URL=(\S+)/));
    await connected;
    worker.child.kill("SIGTERM");
    await worker.printed(/Stopping: jobs that are there may end/);
    expect(worker.child.exitCode).toBeNull();
    worker.child.kill("SIGTERM");
    const [code] = (await once(worker.child, "exit")) as [number | null];
    expect(code).toBe(143);
    // Another worker does the job.
    const other = run(["worker", ...shared]);
    expect((await response).status).toBe(200);
    await Promise.all([server, other].map(stop));
  });
});

test("serve is the program of a container: told by the environment, it ends when it is told to", async () => {
  const server = run(["serve"], {
    IMAGE_VARIATIONS_PORT: "0",
    IMAGE_VARIATIONS_HOST: "0.0.0.0",
    IMAGE_VARIATIONS_API_KEYS: "the-key",
    IMAGE_VARIATIONS_STORE: "directory",
    IMAGE_VARIATIONS_STORE_DIRECTORY: temporaryFolder(),
    IMAGE_VARIATIONS_LOG_LEVEL: "info",
  });
  const url = await server.printed(/OPENAI_BASE_URL=(\S+)/);
  expect((await post(url)).status).toBe(401);
  const response = await post(url, {}, { authorization: "Bearer the-key" });
  const { data } = (await response.json()) as { data: { url: string }[] };
  for (const image of data) expect((await fetch(image.url)).status).toBe(200);
  expect(await stop(server)).toBe(0);
  expect(server.output()).toContain('"msg":"Request ended."');
  expect(server.output()).toContain('"msg":"Server closed."');
});

test("the files of the container run commands that exist, with variables that are documented", () => {
  const read = (path: string): string => readFileSync(new URL(path, import.meta.url), "utf8");
  const files = ["Dockerfile", "compose.yaml", "compose.scale.yaml"].map((name) =>
    read(`../../../server/docker/${name}`),
  );
  const text = files.join("\n");
  const verbs = Array.from(text.matchAll(/\["image-variations", "(\w+)"\]/g), ([, verb = ""]) => verb);
  expect(verbs).toEqual(["serve", "worker"]);
  for (const verb of verbs) expect(Object.keys(commands)).toContain(verb);
  const documented = read("../../../server/README.md");
  for (const [variable] of text.matchAll(/IMAGE_VARIATIONS_\w+/g)) expect(documented).toContain(variable);
});

/** Node 22.15 and newer. */
const hasHooks = "registerHooks" in nodeModule;

/** Code that runs whenever a command loads a module. */
function before(code: string): Readonly<Record<string, string>> {
  const hooks = `import { registerHooks } from "node:module"; registerHooks({ resolve(name, context, next) { ${code} return next(name, context); } });`;
  return { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(hooks)}` };
}

test.skipIf(!hasHooks)("the packages of the queue are loaded by those alone who serve one", async () => {
  const told = before(
    'if (/^(bullmq|ioredis|rate-limiter-flexible)$/.test(name)) process.stderr.write("Loads " + name + ".\\n");',
  );
  for (const args of [["--help"], ["worker", "--help"], ["serve", "--help"]]) {
    const help = run(args, told);
    await once(help.child, "close");
    expect(help.output()).toContain("Options");
    expect(help.output()).not.toContain("Loads ");
  }
  const server = run(["serve", "--port", "0"], told);
  await post(await server.printed(/OPENAI_BASE_URL=(\S+)/));
  await stop(server);
  expect(server.output()).not.toContain("Loads ");
  const args = ["--queue", "redis://127.0.0.1:1", "--store", "directory", "--store-directory", temporaryFolder()];
  for (const verb of ["serve", "worker"]) await run([verb, ...args], told).printed(/Loads bullmq\./);
});

test.skipIf(!hasHooks)("a package of the queue that is missing is named, with what to do", async () => {
  const missing = before(
    'if (name === "bullmq") throw Object.assign(new Error("Cannot find package \'bullmq\' imported from x"), { code: "ERR_MODULE_NOT_FOUND" });',
  );
  const args = ["--queue", "redis://127.0.0.1:1", "--store", "directory", "--store-directory", temporaryFolder()];
  for (const verb of ["serve", "worker"]) {
    const command = run([verb, ...args], missing);
    const [code] = (await once(command.child, "close")) as [number];
    expect(command.output()).toBe(
      "error The queue needs the package bullmq, which is not installed beside this command.\n" +
        "      Install image-variations again, with all of its dependencies.\n",
    );
    expect(code).toBe(1);
  }
});

test("worker says that it waits for a Redis that is not there, and gives up when it is interrupted", async () => {
  const shared = ["--queue", "redis://:hunter2@127.0.0.1:1/0", "--store", "directory"];
  const worker = run(["worker", ...shared, "--store-directory", temporaryFolder()]);
  expect(await worker.printed(/Waiting for (\S+)/)).toBe("redis://127.0.0.1:1/0");
  expect(await stop(worker)).toBe(130);
  expect(worker.output()).toBe("Waiting for redis://127.0.0.1:1/0 …\nInterrupted.\n");
});

const queue = ["--queue", "redis://127.0.0.1:1"];
const bucket = ["--store", "s3://images"];

test.for<{ args: string[]; environment?: FakeWorld["environment"]; said: string; fix?: string }>([
  { args: ["worker", ...bucket], said: "A worker needs the queue of its servers.", fix: "Pass --queue redis://" },
  ...["worker", "serve"].flatMap((verb) => [
    { args: [verb, ...queue], said: "A queue needs a store that servers and workers share", fix: "Pass --store s3://" },
    {
      args: [verb, ...queue, "--store", "memory"],
      said: "A queue needs a store that servers and workers share",
      fix: "Pass --store s3://",
    },
    { args: [verb, ...queue, ...bucket], said: "The store s3 needs IMAGE_VARIATIONS_S3_ACCESS_KEY_ID." },
    { args: [verb, ...queue, "--store", "directory"], said: "The store directory needs --store-directory." },
    {
      args: [verb, ...queue, "--store", "s4://images"],
      said: "--store must be one of memory, directory, s3, s3://bucket; got a URL with s4:.",
      fix: "Did you mean s3://…?",
    },
    {
      args: [verb, ...queue, "--store", "direcotry"],
      said: '--store must be one of memory, directory, s3, s3://bucket; got "direcotry".',
      fix: "Did you mean directory?",
    },
    { args: [verb, ...queue, "--store", "s3://images?regoin=eu"], said: "The URL of a store must be s3://bucket" },
    { args: [verb, ...queue, "--store", "s3://images?endpoint=minio:9000"], said: "endpoint in the URL of a store" },
    {
      args: [verb, "--queue", "redsi://127.0.0.1", ...bucket],
      said: "--queue must be the URL of a Redis or Valkey, such as redis://127.0.0.1:6379.",
      fix: "Did you mean redis://…?",
    },
    {
      args: [verb, "--queue", "valkeys://127.0.0.1", ...bucket],
      said: "--queue must be the URL of a Redis or Valkey",
      fix: "Did you mean rediss://…?",
    },
    { args: [verb, "--queue", "127.0.0.1:6379", ...bucket], said: "--queue must be the URL of a Redis or Valkey" },
    {
      args: [verb, ...bucket],
      environment: { IMAGE_VARIATIONS_REDIS: "http://127.0.0.1" },
      said: "IMAGE_VARIATIONS_REDIS must be the URL of a Redis or Valkey",
    },
    { args: [verb, "--queeu", "redis://x"], said: "There is no option --queeu. Did you mean --queue?" },
  ]),
  {
    args: ["serve", ...queue, ...bucket, "--backend", "engine"],
    said: "With --queue, workers make the images: a backend is theirs.",
    fix: "Pass --backend and its options to image-variations worker",
  },
  { args: ["worker", ...queue, ...bucket, "--backend", "variations"], said: "`baseURL` is missing" },
  {
    args: ["worker", ...queue, ...bucket, "--concurrency", "0"],
    said: '--concurrency must be an integer from 1 to 1000; got "0".',
  },
])("$args with $environment is a usage error: $said", async ({ args, environment = {}, said, fix = "" }) => {
  const { code, stdout, stderr } = await runFake(args, { environment });
  expect(stderr).toContain(said);
  expect(stderr).toContain(fix);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test.for([
  ["--queue", "http://:hunter2@127.0.0.1", "--store", "s3://images"],
  ["--queue", "redis://:hunter2@127.0.0.1:1", "--store", "s3://key:hunter2@images"],
  ["--queue", "redis://:hunter2@127.0.0.1:1", "--store", "s4://key:hunter2@images"],
  ["--queue", "redis://:hunter2@127.0.0.1:1"],
])("%j is an error that does not show the password", async (args) => {
  const environment = { AWS_ACCESS_KEY_ID: "id", AWS_SECRET_ACCESS_KEY: "hunter2" };
  for (const verb of ["worker", "serve"]) {
    const { code, stderr } = await runFake([verb, ...args, "--verbose"], { environment });
    expect(code).toBe(2);
    expect(stderr).not.toContain("hunter2");
  }
});
