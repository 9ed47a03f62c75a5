import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

interface Message {
  readonly ready?: number;
  readonly made?: string;
  readonly rss?: number;
}

/** A process of the soak, which can be ended and started again. */
export interface SoakProcess {
  readonly port: number;
  start(): Promise<void>;
  /** SIGTERM lets it end its work; SIGKILL does not. */
  stop(signal: "SIGTERM" | "SIGKILL"): Promise<void>;
  /** Resident memory in MiB; NaN if it does not run. */
  memory(): Promise<number>;
}

export async function startProcess(
  program: "server" | "worker" | "s3",
  {
    env,
    onMade = () => {},
  }: { readonly env: Readonly<Record<string, string>>; readonly onMade?: (key: string) => void },
): Promise<SoakProcess> {
  let child: ChildProcess | undefined;
  let port = 0;
  let isStopping = false;
  const heard = <Key extends keyof Message>(key: Key): Promise<NonNullable<Message[Key]>> =>
    new Promise((resolve, reject) => {
      const onExit = (): void => reject(new Error(`${program} ended.`));
      const onMessage = (message: Message): void => {
        const value = message[key];
        if (value === undefined) return;
        child?.off("message", onMessage).off("exit", onExit);
        resolve(value);
      };
      child?.on("message", onMessage).once("exit", onExit);
    });
  const start = async (): Promise<void> => {
    // The same port again, as behind a name.
    const again = port === 0 ? {} : { SOAK_PORT: String(port) };
    isStopping = false;
    child = fork(fileURLToPath(new URL(`${program}.ts`, import.meta.url)), {
      env: { ...process.env, ...env, ...again },
    });
    child.on("message", ({ made }: Message) => {
      if (made !== undefined) onMade(made);
    });
    child.on("exit", (code, signal) => {
      if (!isStopping) console.error(`A ${program} ended by itself: ${code ?? signal}.`);
    });
    port = await heard("ready");
  };
  await start();
  return {
    get port() {
      return port;
    },
    start,
    async stop(signal) {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      isStopping = true;
      child.kill(signal);
      await once(child, "exit");
    },
    async memory() {
      if (!child?.connected) return Number.NaN;
      const rss = heard("rss").catch(() => Number.NaN);
      // It may have been ended a moment ago: then `rss` is NaN.
      child.send("memory", () => {});
      return rss;
    },
  };
}
