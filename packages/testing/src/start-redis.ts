import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { freePort } from "./free-port.ts";

/** A Redis or Valkey on a port of this machine, with an empty folder of its own. */
export interface RunningRedis extends AsyncDisposable {
  readonly url: string;
  /** Ends it at once, as a crash would. Its data stay. */
  stop(): Promise<void>;
  /** Starts it again on the same port, with what it had written. */
  start(): Promise<void>;
  /** Lets it hang: it accepts connections, and does nothing. */
  freeze(): void;
  /** Ends that. */
  thaw(): void;
}

/** The program; undefined where neither is installed. */
export const redisProgram: string | undefined = ["valkey-server", "redis-server"]
  .flatMap((name) => (process.env["PATH"] ?? "").split(delimiter).map((folder) => join(folder, name)))
  .find((path) => existsSync(path));

/** Why tests with a real one are skipped here; undefined where they run. */
export const withoutRedis =
  redisProgram === undefined ? "no valkey-server or redis-server here: run scripts/ci/install-services.sh" : undefined;

export async function startRedis(): Promise<RunningRedis> {
  const folder = mkdtempSync(join(tmpdir(), "redis-"));
  const port = await freePort();
  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    // Written with every command, so that a process that is killed loses nothing: what docs/scaling.md asks for.
    const settings = ["--appendonly", "yes", "--save", "", "--dir", folder];
    child = spawn(redisProgram ?? "redis-server", ["--port", String(port), "--bind", "127.0.0.1", ...settings], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      if (chunk.toString().includes("Ready to accept connections")) break;
    }
    child.stdout?.resume();
  };
  const stop = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    start,
    stop,
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    async [Symbol.asyncDispose]() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
