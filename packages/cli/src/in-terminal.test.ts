import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, constants, existsSync, mkdirSync, openSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { eventually } from "@image-variations/testing/eventually";
import { describe, expect, onTestFinished, test } from "vitest";
import { contractParameter } from "./settings/contract-flags.ts";
import { otter } from "./testing/otter.ts";
import { noTerminalBecause, program, runInTerminal } from "./testing/run-in-terminal.ts";
import { temporaryFolder } from "./testing/temporary-folder.ts";
import { echoBackend, readAll, startAnyServer, startDyingServer, startServer } from "./testing/test-servers.ts";
import { makePng } from "./conformance/png/make-png.ts";

const ctrlC = "\u0003";
const { exclusiveMaximumBytes = 0 } = contractParameter("image") as { exclusiveMaximumBytes?: number };
const { allowed: sizes } = contractParameter("size") as unknown as { allowed: readonly string[] };
const { maximum: most } = contractParameter("n") as unknown as { maximum: number };

/** Every file below a folder, hidden ones as well. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => entry.name)
    .toSorted();
}

/** A server that accepts connections, and reads nothing. */
async function startDeafServer(): Promise<string> {
  const server = createServer((socket) => socket.pause().on("error", () => {}));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

/** A server that sends as many images whole and the beginning of the next, and then nothing. */
function startStuckServer(images: number): Promise<string> {
  return startAnyServer((request, response) => {
    const entry = `{"b64_json":"${Buffer.from(otter).toString("base64")}"}`;
    const whole = Array.from({ length: images }, () => entry);
    void readAll(request).then(() =>
      response
        .writeHead(200, { "content-type": "application/json" })
        .write(`{"created":1,"data":[${[...whole, entry.slice(0, 200)].join(",")}`),
    );
  });
}

describe.skipIf(noTerminalBecause)("in a terminal", () => {
  test("shows what has happened, one line of what is happening, and nothing of that at the end", async () => {
    const server = await startServer({ backend: echoBackend() });
    const folder = temporaryFolder({ "otter.png": otter });
    const run = runInTerminal(["otter.png", "-n", "2", "--server", server, "--no-preview"], {
      workingDirectory: folder,
    });
    expect(await run.exited).toBe(0);
    expect(await run.screen()).toEqual([
      expect.stringMatching(/^Checked {3}otter\.png: PNG, 32×32 pixels, \d+ B$/),
      `Server    ${server} (--server)`,
      "variations/otter-1.png",
      "variations/otter-2.png",
      expect.stringMatching(/^Done {6}2 images, 1\.\d kB, in \d\.\d s$|^Done {6}2 images, \d+ k?B, in .* s$/),
      "Sheet     variations/otter-sheet.png",
    ]);
    expect(run.output()).toContain("Uploading");
  });

  test("the line of what is happening fits the terminal after it became narrower", async () => {
    const folder = temporaryFolder({ "otter.png": otter });
    const server = await startStuckServer(1);
    const run = runInTerminal(["otter.png", "-n", "3", "--server", server], { workingDirectory: folder, columns: 70 });
    await run.written(/Receiving: 1 of 3.*Receiving: 1 of 3/s);
    await run.resize(24, 30);
    const before = run.output().length;
    await expect
      .poll(
        () =>
          run
            .output()
            .slice(before)
            .match(/Receiving/g)?.length ?? 0,
      )
      .toBeGreaterThan(3);
    // What it drew before it knew of the new size may be wrapped; what it draws now is not.
    const line = (await run.screen()).at(-1) ?? "";
    expect(line).toMatch(/^\S Receiving/);
    expect(line.length).toBeLessThan(24);
    run.type(ctrlC);
    expect(await run.exited).toBe(130);
  });

  test("NO_COLOR leaves the colors out", async () => {
    const folder = temporaryFolder({ "otter.png": otter });
    const server = await startServer({ backend: echoBackend() });
    const args = ["otter.png", "--server", server, "--no-preview"];
    const colored = runInTerminal(args, { workingDirectory: folder });
    await colored.exited;
    expect(colored.output()).toContain("\u001B[1m");
    const plain = runInTerminal(args, { workingDirectory: folder, environment: { NO_COLOR: "1" } });
    await plain.exited;
    expect(plain.output()).not.toContain("\u001B[1m");
  });

  test("- without a pipe is a usage error, and does not wait for the keyboard", async () => {
    const run = runInTerminal(["-"], { workingDirectory: temporaryFolder() });
    expect(await run.exited).toBe(2);
    expect(run.output()).toContain("which is the keyboard here");
  });

  describe("Ctrl-C ends it with 130, and leaves whole files alone, while it", () => {
    const large = makePng({ width: 64, height: 64, byteLength: exclusiveMaximumBytes - 1 });
    const stages = [
      { stage: "uploads", server: startDeafServer, image: large, seen: /Uploading/, left: 0 },
      {
        stage: "waits for the response",
        server: () => startAnyServer((request) => void readAll(request)),
        image: otter,
        seen: /Waiting for the response/,
        left: 0,
      },
      { stage: "receives", server: () => startStuckServer(2), image: otter, seen: /Receiving: 2 of 3/, left: 2 },
      {
        stage: "waits before it tries again",
        server: () =>
          startAnyServer(
            (request, response) =>
              void readAll(request).then(() => response.writeHead(500, { "retry-after": "60" }).end()),
          ),
        image: otter,
        seen: /Retrying/,
        left: 0,
      },
    ];
    test.for(stages)("$stage", async ({ server, image, seen, left }) => {
      const folder = temporaryFolder({ "otter.png": image });
      const args = ["otter.png", "-n", "3", "--server", await server()];
      const run = runInTerminal(args, { workingDirectory: folder });
      await run.written(seen);
      run.type(ctrlC);
      expect(await run.exited).toBe(130);
      expect(run.output()).toContain("Interrupted.");
      expect(run.output()).toContain(left === 0 ? "Nothing was saved." : `${left} images of 3 are saved.`);
      expect(run.output()).not.toMatch(/^\s+at /m);
      const names = Array.from({ length: left }, (_, index) => `otter-${index + 1}.png`);
      expect(filesBelow(folder)).toEqual([...names, "otter.png"].toSorted());
      expect(existsSync(join(folder, "variations"))).toBe(left > 0);
      for (const name of names) expect(readFileSync(join(folder, "variations", name)).equals(otter)).toBe(true);
    });

    test("makes images in this process", async () => {
      const folder = temporaryFolder({ "otter.png": otter });
      const args = ["otter.png", "-n", String(most), "--size", sizes.at(-1)!];
      const run = runInTerminal(args, { workingDirectory: folder });
      await run.written(/Making/);
      run.type(ctrlC);
      expect(await run.exited).toBe(130);
      expect(run.output()).not.toMatch(/^\s+at /m);
      expect(filesBelow(folder).filter((name) => !/^otter(-\d+)?\.png$/.test(name))).toEqual([]);
    });

    test.skipIf(process.platform === "win32")("reads an image from a pipe whose writer is silent", async () => {
      const folder = temporaryFolder();
      const pipe = join(folder, "pipe.png");
      execFileSync("mkfifo", [pipe]);
      const run = runInTerminal([pipe], { workingDirectory: folder });
      // A pipe can be opened for writing as soon as someone reads it.
      const openWriter = (): number => openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
      let writer = -1;
      await eventually(() => expect((writer = openWriter())).toBeGreaterThan(0));
      onTestFinished(() => closeSync(writer));
      run.type(ctrlC);
      expect(await run.exited).toBe(130);
    });

    test("serves, which is how a server is stopped: with 0", async () => {
      const run = runInTerminal(["serve", "--port", "0"], { workingDirectory: temporaryFolder() });
      await run.written(/Ctrl-C stops it/);
      run.type(ctrlC);
      expect(await run.exited).toBe(0);
    });
  });

  test("a server that dies half-way loses nothing that came whole", async () => {
    const folder = temporaryFolder({ "otter.png": otter });
    const server = await startDyingServer(1, otter);
    const run = runInTerminal(["otter.png", "-n", "3", "--server", server], { workingDirectory: folder });
    expect(await run.exited).toBe(1);
    expect(filesBelow(folder)).toEqual(["otter-1.png", "otter.png"]);
    const screen = (await run.screen()).join("\n");
    expect(screen).toContain("1 image of 3 is saved");
    expect(screen).not.toMatch(/Receiving|^\s+at /m);
  });
});

describe("without a terminal", () => {
  test("progress is plain lines: no colors, no cursor movements, no line that is drawn again", async () => {
    const folder = temporaryFolder({ "otter.png": otter });
    const server = await startServer({ backend: echoBackend() });
    const { code, stderr } = await runPiped(["otter.png", "--server", server], folder);
    expect(code).toBe(0);
    expect(stderr).not.toContain("\u001B");
    expect(stderr).not.toContain("\r");
    expect(
      stderr
        .trimEnd()
        .split("\n")
        .map((line) => line.slice(0, 10).trim()),
    ).toEqual(["Checked", "Server", "", "", "Saved", "Done", "Sheet"]);
  });

  test("a reader that leaves early ends it quietly", async () => {
    const child = spawn(process.execPath, [program, "spec", "--json"], { stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.destroy();
    let stderr = "";
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(child, "close")) as [number];
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });

  test.skipIf(!existsSync("/dev/full"))("a full disk behind standard output is an error of one line", () => {
    const { status, stderr } = spawnSync("sh", ["-c", `"${process.execPath}" "${program}" spec > /dev/full`], {
      encoding: "utf8",
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "error Standard output can't be written: the disk is full.\n",
    });
  });

  const mounts = spawnSync("unshare", ["-rm", "true"]).status === 0;
  test.skipIf(!mounts || most < 2)(
    "a disk that is full after some images keeps those, and no part of the next",
    async () => {
      // All but one fit on the disk.
      const diskBytes = 128 * 1024;
      const byteLength = Math.floor(diskBytes / (most - 0.5));
      const folder = temporaryFolder({ "otter.png": makePng({ width: 64, height: 64, byteLength }) });
      const small = join(folder, "small");
      mkdirSync(small);
      const server = await startServer({ backend: echoBackend() });
      const script =
        `mount -t tmpfs -o size=${diskBytes} tmpfs "${small}" && ` +
        `"${process.execPath}" "${program}" otter.png -n ${most} --no-sheet --out "${small}" --server ${server}; ` +
        `echo "code $?"; ls -A "${small}" | wc -l; find "${small}" -type f -size -${byteLength}c`;
      const child = spawn("unshare", ["-rm", "sh", "-c", script], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
      const [stdout, stderr] = await Promise.all([readText(child.stdout), readText(child.stderr)]);
      const saved = stdout.match(/otter-\d+\.png/g)?.length ?? 0;
      expect(stderr).toContain("the disk is full.");
      expect(stderr).toContain(`of ${most} ${saved === 1 ? "is" : "are"} saved`);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(saved).toBeGreaterThan(0);
      expect(stdout).toContain(`code 1\n${saved}\n`);
    },
  );
});

async function runPiped(args: readonly string[], workingDirectory: string) {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: workingDirectory,
    stdio: ["ignore", "pipe", "pipe"],
    env: { PATH: process.env["PATH"] },
  });
  const closed = once(child, "close") as Promise<[number]>;
  const [stdout, stderr] = await Promise.all([readText(child.stdout), readText(child.stderr)]);
  const [code] = await closed;
  return { code, stdout, stderr };
}

async function readText(stream: AsyncIterable<unknown>): Promise<string> {
  let text = "";
  for await (const chunk of stream as AsyncIterable<Buffer>) text += chunk.toString();
  return text;
}
