import { spawnSync } from "node:child_process";

/** What a program printed; undefined where it failed or is not there. */
export function run(program: string, args: readonly string[], cwd: string): string | undefined {
  const { status, stdout } = spawnSync(program, args, {
    cwd,
    // npx passes its own --allow-scripts on, and npm does not install with it.
    env: { ...process.env, npm_config_allow_scripts: undefined },
    encoding: "utf8",
    maxBuffer: 256_000_000,
    shell: process.platform === "win32" && program === "npm",
  });
  return status === 0 ? stdout : undefined;
}
