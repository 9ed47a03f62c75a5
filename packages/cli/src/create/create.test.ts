import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runFake, type FakeWorld, type RunResult } from "../testing/fake-context.ts";
import { otter } from "../testing/otter.ts";
import { temporaryFolder } from "../testing/temporary-folder.ts";
import { echoBackend, readAll, startAnyServer, startDyingServer, startServer } from "../testing/test-servers.ts";
import { contractParameter } from "../settings/contract-flags.ts";

const most = (contractParameter("n") as { maximum: number }).maximum;
const { allowed: sizes } = contractParameter("size") as unknown as { allowed: readonly [string, ...string[]] };
const [size] = sizes;

/** Runs `create` in a folder that has otter.png, without a contact sheet unless it is asked for. */
async function create(
  args: readonly string[],
  world: FakeWorld & { readonly files?: Readonly<Record<string, Uint8Array | string>> } = {},
): Promise<RunResult & { readonly folder: string; filesIn(folder: string): string[] }> {
  const folder = world.workingDirectory ?? temporaryFolder({ "otter.png": otter, ...world.files });
  const result = await runFake(args, { ...world, workingDirectory: folder });
  return { ...result, folder, filesIn: (name) => readdirSync(join(folder, name)).toSorted() };
}

test("saves each variation as a file, prints their paths, and makes a contact sheet of them", async () => {
  const server = await startServer({ backend: echoBackend() });
  const { code, stdout, stderr, filesIn, folder } = await create(["otter.png", "-n", "2", "--server", server]);
  expect({ code, stdout }).toEqual({ code: 0, stdout: "variations/otter-1.png\nvariations/otter-2.png\n" });
  expect(filesIn("variations")).toEqual(["otter-1.png", "otter-2.png", "otter-sheet.png"]);
  expect(readFileSync(join(folder, "variations/otter-2.png")).equals(otter)).toBe(true);
  expect(stderr).toContain(`Server    ${server} (--server)`);
  expect(stderr).toContain("Sheet     variations/otter-sheet.png");
});

test("without a server, the engine in this process makes the images, and one line says so", async () => {
  const args = ["otter.png", "--size", size, "--seed", "7", "--no-sheet"];
  const { code, stderr, filesIn, folder } = await create(args);
  expect(code).toBe(0);
  expect(stderr.split("\n").filter((line) => line.includes("in this process"))).toEqual([
    "Backend   engine, in this process (no server was given)",
  ]);
  expect(filesIn("variations")).toEqual(["otter-1.png"]);
  const again = await create([...args, "--force"], { workingDirectory: folder });
  expect(again.stdout).toBe("variations/otter-1.png\n");
});

test("sends the parameters of the contract as they were given, and the contract's own defaults", async () => {
  const backend = echoBackend();
  const server = await startServer({ backend });
  const given = ["--seed", "5", "--strength", "0.25", "--prompt", "at night", "--user", "ada", "--model", "dall-e-2"];
  await create(["otter.png", ...given, "--size", size, "-n2", "--server", server, "--no-sheet"]);
  await create(["otter.png", "--server", server, "--no-sheet"]);
  const [explicit, bare] = backend.requests;
  expect(explicit).toMatchObject({
    n: 2,
    size: Number.parseInt(size, 10),
    seed: 5,
    strength: 0.25,
    prompt: "at night",
    user: "ada",
  });
  const defaults = { n: contractParameter("n"), size: contractParameter("size") } as Record<
    string,
    { default?: unknown }
  >;
  expect(bare!.n).toBe(defaults["n"]!.default);
  expect(`${bare!.size}x${bare!.size}`).toBe(defaults["size"]!.default);
});

test.for([
  { args: ["-n", "0"], said: `-n must be an integer from 1 to ${most}; got` },
  { args: ["-n", "four"], said: `-n must be an integer from 1 to ${most}; got` },
  { args: ["--size", "1x1"], said: `--size must be one of ${sizes.join(", ")}; got` },
  { args: ["--seed", "-1"], said: "--seed must be an integer from 0 to 4294967295; got" },
  { args: ["--strength", "2"], said: "--strength must be a number from 0 to 1; got" },
  { args: ["--timeout", "0"], said: "--timeout must be a number of seconds, above 0 and at most 2147483; got" },
  { args: ["--retries", "-1"], said: "--retries must be an integer from 0 to 100; got" },
  { args: ["--backend", "magic"], said: "--backend must be one of engine, image-edits, stable-diffusion-webui" },
  { args: ["--server", "localhost"], said: "--server must be a URL such as http://localhost:8080/v1; got" },
  { args: ["--server", "http://a:secret@b/v1"], said: "--server must be a URL such as" },
  { args: ["--server", "http://a/v1", "--backend", "engine"], said: "--server and --backend contradict each other" },
  { args: ["--format", "url"], said: "--format url needs a server" },
  { args: ["--out", "-", "-n", "2"], said: "--out - writes one image; got -n 2." },
  { args: ["-n", "2", "--name", "same"], said: '--name "same" gives 2 images the same name.' },
  { args: ["--name", "a/b"], said: '--name must be the name of a file; got "a/b".' },
  { args: ["--name", "{date}"], said: "--name has no placeholder {date}" },
  { args: ["--name", "{seed}"], said: "--name has {seed}, but no seed was given." },
  { args: ["--backend-option", "steps"], said: '--backend-option takes name=value; got "steps".' },
  { args: ["--backend-option", "stength=1"], said: "engine has no option stength." },
])("$args is a usage error before anything is sent or written: $said", async ({ args, said }) => {
  const { code, stdout, stderr, filesIn } = await create(["otter.png", ...args]);
  expect(stderr).toContain(`error ${said}`);
  expect(stderr).not.toContain("secret");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(filesIn(".")).toEqual(["otter.png"]);
});

test.for([
  { args: ["missing.png"], said: "missing.png does not exist.", code: 1 },
  { args: ["x*.png"], said: "No file matches x*.png.", code: 1 },
  { args: ["."], said: ". is a folder, and each image makes a request of its own.", code: 2 },
  { args: ["notes.png"], said: "notes.png: ", code: 3 },
  { args: ["half.png"], said: "half.png", code: 3 },
  { args: ["-"], said: "Standard input is empty.", code: 3 },
])("$args is not an image that can be sent: exit code $code", async ({ args, said, code }) => {
  const files = { "notes.png": "These are notes.", "half.png": otter.subarray(0, otter.length / 2) };
  const result = await create(args, { files });
  expect(result.stderr).toContain(said);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: "" });
  expect(result.filesIn(".")).not.toContain("variations");
});

test("nothing is sent if one of several images would be rejected", async () => {
  const backend = echoBackend();
  const server = await startServer({ backend });
  const files = { "notes.png": "These are notes." };
  const { code } = await create(["otter.png", "notes.png", "--server", server], { files });
  expect(code).toBe(3);
  expect(backend.requests).toEqual([]);
});

test("varies many images, named or matched by a pattern, each under its own name", async () => {
  const server = await startServer({ backend: echoBackend() });
  const files = { "a b.png": otter, "c.png": otter };
  const { code, filesIn } = await create(["*.png", "c.png", "--server", server, "--no-sheet", "-o", "sets"], { files });
  expect(code).toBe(0);
  expect(filesIn("sets")).toEqual(["a b-1.png", "c-1.png", "otter-1.png"]);
});

test("never overwrites a file: numbers go on, and --force starts again", async () => {
  const server = await startServer({ backend: echoBackend() });
  const rest = ["--server", server, "-n", "2", "--no-sheet"];
  const first = await create(["otter.png", ...rest], { files: { "variations/otter-2.png": "mine" } });
  const world = { workingDirectory: first.folder };
  expect(first.stdout).toBe("variations/otter-1.png\nvariations/otter-3.png\n");
  expect(readFileSync(join(first.folder, "variations/otter-2.png"), "utf8")).toBe("mine");
  const second = await create(["otter.png", ...rest], world);
  expect(second.stdout).toBe("variations/otter-4.png\nvariations/otter-5.png\n");
  const forced = await create(["otter.png", ...rest, "--force"], world);
  expect(forced.stdout).toBe("variations/otter-1.png\nvariations/otter-2.png\n");
  expect(readFileSync(join(first.folder, "variations/otter-2.png")).equals(otter)).toBe(true);
});

test("a name without a number that is taken is an error before anything is sent, unless --force is given", async () => {
  const backend = echoBackend();
  const server = await startServer({ backend });
  const args = ["otter.png", "--name", "new", "--server", server, "--no-sheet"];
  const first = await create(args, { files: { "variations/new.png": "mine" } });
  expect(first).toMatchObject({ code: 1, stdout: "" });
  expect(first.stderr).toContain("new.png is there already.");
  expect(backend.requests).toEqual([]);
  const forced = await create([...args, "--force"], { workingDirectory: first.folder });
  expect(forced).toMatchObject({ code: 0, stdout: "variations/new.png\n" });
});

test("reads standard input, and writes one image to standard output, byte for byte and nothing else", async () => {
  const server = await startServer({ backend: echoBackend() });
  const { code, stdoutBytes, filesIn } = await create(["-", "--out", "-", "--server", server], { stdin: otter });
  expect(code).toBe(0);
  expect(stdoutBytes.equals(otter)).toBe(true);
  expect(filesIn(".")).toEqual(["otter.png"]);
  const saved = await create(["-", "--server", server, "--no-sheet"], { stdin: otter });
  expect(saved.filesIn("variations")).toEqual(["stdin-1.png"]);
});

test("--format url prints the URLs, and --format json the response", async () => {
  const server = await startServer({ backend: echoBackend() });
  const urls = await create(["otter.png", "-n", "2", "--format", "url", "--server", server]);
  expect(urls.stdout.trim().split("\n")).toHaveLength(2);
  for (const url of urls.stdout.trim().split("\n")) {
    expect(Buffer.from(await (await fetch(url)).arrayBuffer()).equals(otter)).toBe(true);
  }
  const json = await create(["otter.png", "--format", "json", "--server", server, "--quiet"]);
  expect(json.stderr).toBe("");
  const { data } = JSON.parse(json.stdout) as { data: { b64_json: string }[] };
  expect(Buffer.from(data[0]!.b64_json, "base64").equals(otter)).toBe(true);
});

test("--quiet prints nothing but the paths, and --json an object for every event", async () => {
  const server = await startServer({ backend: echoBackend() });
  const quiet = await create(["otter.png", "--quiet", "--server", server]);
  expect(quiet).toMatchObject({ code: 0, stdout: "variations/otter-1.png\n", stderr: "" });
  const { stdout, stderr } = await create(["otter.png", "--json", "--server", server]);
  expect(stderr).toBe("");
  const events = stdout
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { event: string });
  const kinds = events.map(({ event }) => event).filter((kind) => kind !== "receiving");
  expect(kinds).toEqual(["checked", "target", "uploading", "waiting", "saved", "done", "sheet"]);
  expect(events).toContainEqual(expect.objectContaining({ event: "saved", path: "variations/otter-1.png", index: 1 }));
});

test("a failure is an event as well with --json", async () => {
  const { code, stdout } = await create(["missing.png", "--json"]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ event: "failed", message: "missing.png does not exist.", exit: "failed" });
});

test.for([
  { what: "an invalid key", args: ["--api-key", "wrong"], said: "rejected the request: Incorrect API key", code: 4 },
  { what: "no key", args: [], said: "rejected the request: Incorrect API key provided: none", code: 4 },
])("says what to do about $what", async ({ args, said, code }) => {
  const server = await startServer({ backend: echoBackend(), apiKeys: ["right"] });
  const result = await create(["otter.png", "--server", server, ...args]);
  expect(result.code).toBe(code);
  expect(result.stderr).toContain(said);
  expect(result.stderr).toContain("Pass its key: --api-key, or OPENAI_API_KEY.");
  expect(result.filesIn(".")).toEqual(["otter.png"]);
  const right = await create(["otter.png", "--server", server, "--no-sheet"], {
    environment: { OPENAI_API_KEY: "right" },
  });
  expect(right.code).toBe(0);
});

test("a server that dies half-way loses nothing that came whole, and leaves nothing that did not", async () => {
  const server = await startDyingServer(2, otter);
  const { code, stdout, stderr, filesIn, folder } = await create(["otter.png", "-n", "4", "--server", server]);
  expect(code).toBe(1);
  expect(stdout).toBe("variations/otter-1.png\nvariations/otter-2.png\n");
  expect(filesIn("variations")).toEqual(["otter-1.png", "otter-2.png"]);
  expect(readFileSync(join(folder, "variations/otter-1.png")).equals(otter)).toBe(true);
  expect(stderr).toContain("broke off the connection");
  expect(stderr).toContain("2 images of 4 are saved; -n 2 makes the rest.");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test.for([
  { what: "nothing listens", server: () => Promise.resolve("http://127.0.0.1:9/v1"), said: "ECONNREFUSED", code: 1 },
  {
    what: "the server fails",
    server: () =>
      startAnyServer((request, response) => void readAll(request).then(() => response.writeHead(500).end("oh"))),
    said: "failed with 500: oh",
    code: 1,
  },
  {
    what: "the path is wrong",
    server: () =>
      startAnyServer((request, response) => void readAll(request).then(() => response.writeHead(404).end("{}"))),
    said: "Check the URL: it has the version prefix in it, such as /v1.",
    code: 4,
  },
  {
    what: "the response is not one of the contract",
    server: () =>
      startAnyServer(
        (request, response) => void readAll(request).then(() => response.writeHead(200).end("<html>hello")),
      ),
    said: "sent a response that is not in the contract",
    code: 1,
  },
  {
    what: "the response has no images",
    server: () =>
      startAnyServer(
        (request, response) =>
          void readAll(request).then(() =>
            response.writeHead(200, { "content-type": "application/json" }).end('{"created":1,"data":[]}'),
          ),
      ),
    said: "responded without images.",
    code: 1,
  },
])("if $what, one sentence says so, nothing is left, and the exit code is $code", async ({ server, said, code }) => {
  const result = await create(["otter.png", "--server", await server(), "--retries", "0"]);
  expect(result.stderr).toContain(said);
  expect(result.stderr).not.toMatch(/^\s+at /m);
  expect({ code: result.code, stdout: result.stdout }).toEqual({ code, stdout: "" });
  expect(result.filesIn(".")).toEqual(["otter.png"]);
});

const impossibleFolders = [
  { out: "otter.png/deeper", said: "a part of it is a file, not a folder." },
  { out: "otter.png", said: "it is a file, not a folder." },
  // Where root can't write either; and where making folders to any depth would never end.
  ...(existsSync("/proc/self") ? [{ out: "/proc/images/deeper", said: "" }] : []),
];

test.for(impossibleFolders)(
  "the folder $out can't be made, which is an error before anything is sent",
  async ({ out, said }) => {
    const backend = echoBackend();
    const server = await startServer({ backend });
    const { code, stderr } = await create(["otter.png", "--out", out, "--server", server]);
    expect(code).toBe(1);
    expect(stderr).toContain(`No file can be written to ${out}: ${said}`);
    expect(backend.requests).toEqual([]);
  },
);

test("an interruption keeps the images that are whole, and says how many", async () => {
  const interruption = new AbortController();
  const backend = echoBackend();
  const server = await startServer({
    backend: {
      ...backend,
      async *createVariations(request) {
        yield* backend.createVariations({ ...request, n: 1 });
        interruption.abort(new Error("Ctrl-C"));
        await new Promise((_, reject) =>
          request.signal!.addEventListener("abort", () => reject(request.signal!.reason)),
        );
      },
    },
  });
  const { code, stderr, filesIn } = await create(["otter.png", "-n", "3", "--server", server], {
    signal: interruption.signal,
  });
  expect(code).toBe(130);
  expect(stderr).toMatch(/error Interrupted\.\n {6}(1 image of 3 is saved|Nothing was saved)\./);
  expect(filesIn(".").length === 1 || filesIn("variations").every((file) => /^otter-\d\.png$/.test(file))).toBe(true);
});

test("an interruption ends the reading of standard input that has no end", async () => {
  const interruption = new AbortController();
  const stdin = {
    async *[Symbol.asyncIterator]() {
      yield otter.subarray(0, 8);
      interruption.abort(new Error("Ctrl-C"));
      await new Promise(() => {});
    },
  };
  const result = await create(["-"], { stdin, signal: interruption.signal });
  expect(result).toMatchObject({ code: 130, stdout: "", stderr: "Interrupted.\n" });
});

test("the command line outweighs the environment, which outweighs the config file, which outweighs the defaults", async () => {
  const backends = { typed: echoBackend(), environment: echoBackend(), file: echoBackend() };
  const urls = {
    typed: await startServer({ backend: backends.typed }),
    environment: await startServer({ backend: backends.environment }),
    file: await startServer({ backend: backends.file }),
  };
  const folder = temporaryFolder({ "otter.png": otter });
  const config = { server: urls.file, size, n: 2, sheet: false };
  writeFileSync(join(folder, "image-variations.config.json"), JSON.stringify(config));
  const world = { workingDirectory: folder };
  expect((await create(["otter.png"], world)).code).toBe(0);
  expect(backends.file.requests).toMatchObject([{ size: Number.parseInt(size, 10), n: 2 }]);

  const environment = { OPENAI_BASE_URL: urls.environment };
  expect((await create(["otter.png", "-n", "1"], { ...world, environment })).code).toBe(0);
  expect(backends.environment.requests).toMatchObject([{ size: Number.parseInt(size, 10), n: 1 }]);

  await create(["otter.png", "--server", urls.typed], { ...world, environment });
  expect(backends.typed.requests).toHaveLength(1);
  expect((await create(["otter.png", "--backend", "engine"], { ...world, environment })).stderr).toContain(
    "(--backend)",
  );
});

test("the key of the environment is not sent to a server that only a config file names", async () => {
  const keys: (string | undefined)[] = [];
  const server = await startAnyServer((request, response) => {
    keys.push(request.headers.authorization);
    response.writeHead(400).end("{}");
  });
  const files = { "image-variations.config.json": JSON.stringify({ server }) };
  await create(["otter.png"], { files, environment: { OPENAI_API_KEY: "of-the-environment" } });
  expect(keys).toEqual(["Bearer none"]);
});

test.for([
  { config: "{", said: "is not JSON" },
  { config: "[]", said: "must be an object of options" },
  { config: '{"sever":"http://a/v1"}', said: 'has an option "sever" that does not exist.' },
  {
    config: `{"n":${most + 1}}`,
    said: `n in image-variations.config.json must be an integer from 1 to ${most}`,
  },
  { config: '{"sheet":"no"}', said: "sheet in image-variations.config.json must be true or false" },
  { config: '{"backend":"magic"}', said: "backend in image-variations.config.json must be one of engine" },
])("the config file $config is a usage error", async ({ config, said }) => {
  const { code, stderr } = await create(["otter.png"], { files: { "image-variations.config.json": config } });
  expect(stderr).toContain(said);
  expect(code).toBe(2);
});

test("an upload is told as it leaves, and the waiting for the response after it", async () => {
  const events: string[] = [];
  const server = await startAnyServer((request, response) => {
    void readAll(request).then(() => response.writeHead(400).end('{"error":{"message":"no"}}'));
  });
  const { stdout } = await create(["otter.png", "--json", "--server", server]);
  for (const line of stdout.trimEnd().split("\n")) {
    const { event, sent, total } = JSON.parse(line) as { event: string; sent?: number; total?: number };
    events.push(event);
    if (event === "uploading") expect(sent! <= total! && total! > otter.length).toBe(true);
  }
  expect(events).toEqual(["checked", "target", "uploading", "waiting", "failed"]);
});
