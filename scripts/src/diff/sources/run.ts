import { spawnSync } from "node:child_process";

/** What a program printed; undefined where it failed or is not there. */
export function run(program: string, args: readonly string[], cwd: string): string | undefined {
  const { status, stdout } = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    maxBuffer: 256_000_000,
    stdio: ["ignore", "pipe", "ignore"],
    shell: process.platform === "win32" && program === "npm",
  });
  return status === 0 ? stdout : undefined;
}
