import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "@image-variations/testing/run-program";

interface ProcessJob {
  readonly bundle: string;
  readonly input: Uint8Array;
  /** Code that is run before the bundle is loaded. */
  readonly prelude?: string | undefined;
  /** A module that lies beside the bundle as `worker.js`. */
  readonly worker?: string | undefined;
}

/**
 * Runs a bundle with a program that runs ES modules and has Node's `fs`.
 *
 * @param command The program, and what stands before the module's name.
 */
export async function runInProcess(
  command: readonly [program: string, ...options: string[]],
  { bundle, input, prelude = "", worker }: ProcessJob,
): Promise<unknown> {
  const folder = mkdtempSync(join(tmpdir(), "runtime-"));
  try {
    writeFileSync(join(folder, "bundle.mjs"), bundle);
    writeFileSync(join(folder, "input"), input);
    if (worker !== undefined) {
      writeFileSync(join(folder, "worker.js"), worker);
      writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    }
    writeFileSync(join(folder, "main.mjs"), main(prelude));
    const [program, ...options] = command;
    const { stdout } = await runProgram(program, [...options, join(folder, "main.mjs")], { cwd: folder });
    return JSON.parse(stdout);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const main = (prelude: string): string => `
  import { readFileSync } from "node:fs";
  const input = new Uint8Array(readFileSync(new URL("input", import.meta.url)));
  ${prelude}
  const { default: run } = await import("./bundle.mjs");
  console.log(JSON.stringify(await run(input)));
`;
