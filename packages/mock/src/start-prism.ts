import { spawn, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { readSpec, SpecError } from "@image-variations/codegen/document";
import { lastLine } from "./last-line.ts";
import { PrismError } from "./prism-error.ts";

const host = "127.0.0.1";
const ourSpec = fileURLToPath(new URL("../../../specs/image-variations.yaml", import.meta.url));
const exitWithParent = new URL("./exit-with-parent.ts", import.meta.url).href;

export interface PrismOptions {
  /** Path of the OpenAPI document. Default: the project's own. */
  readonly spec?: string;
  /** Where to listen. Default 0: a free port, chosen by the system. */
  readonly port?: number;
  /** Milliseconds in which Prism must be listening. Default 120,000. */
  readonly startTimeout?: number;
  /** Whether Prism gets the document unread: another one than ours, in several files, or of OpenAPI 3.0. Default false. */
  readonly foreign?: boolean;
}

/** How Prism ended. Hostile input kills it: then `stopped` is false, and `lastLine` quotes the error. */
export interface PrismExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Whether `stop()` was what ended it. */
  readonly stopped: boolean;
  readonly lastLine: string;
}

/** A Prism mock that is listening. */
export interface Prism extends AsyncDisposable {
  /** The server's URL, without a slash at the end. */
  readonly url: string;
  readonly pid: number;
  /** Resolves, and never rejects, when Prism has ended, no matter who ended it. */
  readonly exited: Promise<PrismExit>;
  /** Everything Prism has printed so far. */
  log(): string;
  /** Ends Prism; fulfilled when it is gone. May be called again. */
  stop(): Promise<void>;
}

/**
 * Runs Prism's mock of an OpenAPI document in a process of its own, which ends with this one at the latest.
 *
 * @throws PrismError where the document can't be used, the port is taken, or Prism ends or dawdles before it listens.
 */
export async function startPrism(options: PrismOptions = {}): Promise<Prism> {
  const { spec = ourSpec, port = 0, startTimeout = 120_000, foreign = false } = options;
  if (!foreign) rejectBrokenSpec(spec);
  const child = spawn(
    process.execPath,
    ["--import", exitWithParent, prismProgram(), "mock", "--host", host, "--port", String(port), resolve(spec)],
    { stdio: ["ignore", "pipe", "pipe", "ipc"], env: { ...process.env, FORCE_COLOR: "0" } },
  );

  let log = "";
  for (const stream of [child.stdout!, child.stderr!]) {
    stream.setEncoding("utf8").on("data", (text: string) => (log += stripVTControlCharacters(text)));
  }
  let stopped = false;
  const exited = new Promise<PrismExit>((done) => {
    child.once("error", (error) => done({ code: null, signal: null, stopped, lastLine: error.message }));
    child.once("close", (code, signal) => done({ code, signal, stopped, lastLine: lastLine(log) }));
  });
  const stop = async (): Promise<void> => {
    stopped = true;
    child.kill();
    await exited;
  };

  try {
    const url = await listening(child, { exited, log: () => log, port, startTimeout });
    return { url, pid: child.pid!, exited, log: () => log, stop, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Starting {
  readonly exited: Promise<PrismExit>;
  readonly log: () => string;
  readonly port: number;
  readonly startTimeout: number;
}

function listening(child: ChildProcess, { exited, log, port, startTimeout }: Starting): Promise<string> {
  return new Promise((resolveURL, reject) => {
    const timer = setTimeout(() => {
      const words = lastLine(log());
      reject(new PrismError(`Prism was not listening after ${startTimeout} ms; its last line was: ${words}`));
    }, startTimeout);
    const settle = (): void => {
      clearTimeout(timer);
      child.stdout!.off("data", look);
    };
    const look = (): void => {
      const url = /Prism is listening on (\S+)\n/.exec(log())?.[1];
      if (!url) return;
      settle();
      resolveURL(url);
    };
    child.stdout!.on("data", look);
    void exited.then((exit) => {
      settle();
      return reject(failedStart(exit, log(), port));
    });
  });
}

function failedStart(exit: PrismExit, log: string, port: number): PrismError {
  if (log.includes("EADDRINUSE")) {
    return new PrismError(
      `Port ${port} on ${host} is in use: end what listens there, choose another port, or leave it out to take a free one.`,
    );
  }
  const how = exit.signal ?? `exit code ${exit.code}`;
  return new PrismError(`Prism ended before it was listening (${how}); its last line was: ${exit.lastLine}`);
}

function rejectBrokenSpec(spec: string): void {
  try {
    readSpec(spec);
  } catch (error) {
    // Prism would bury the same under its help text and a stack trace.
    if (error instanceof SpecError)
      throw new PrismError(`Prism has nothing to mock. ${error.message}`, { cause: error });
    throw error;
  }
}

function prismProgram(): string {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve("@stoplight/prism-cli/package.json");
  const { bin } = require(manifest) as { bin: { prism: string } };
  return resolve(dirname(manifest), bin.prism);
}
