import { spawn } from "node:child_process";
import { once } from "node:events";
import { RehearsalError } from "./rehearsal-error.ts";

export interface RunOptions {
  readonly cwd: string;
  /** Variables beside those of this process; undefined takes one away. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Exit codes that are not failures. Default 0. */
  readonly expected?: readonly number[];
}

/** What a program printed, on either stream. */
export async function runProgram(program: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { cwd, variables = {}, expected = [0] } = options;
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...variables },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 240_000,
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== null && expected.includes(code)) return output;
  const command = [program, ...args].join(" ");
  throw new RehearsalError(`${command} ended with exit code ${code} in ${cwd}:\n${output.slice(-4_000)}`);
}
