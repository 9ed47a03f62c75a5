import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CliContext } from "../command-line/cli-context.ts";
import { CliError } from "../command-line/cli-error.ts";
import { formatVariables } from "../serve/format-variables.ts";
import { findPrism, prismVersion, type PrismCommand } from "./find-prism.ts";
import type { MockFlags } from "./mock-flags.ts";

/** Runs Prism until it is interrupted. */
export async function runMock(context: CliContext, { port }: MockFlags): Promise<void> {
  const { stdout, stderr, signal, workingDirectory } = context;
  const prism = findPrism(createRequire(join(workingDirectory, "package.json")));
  if (prism.isFetched) {
    stderr.write(
      `Prism is not installed here: npx fetches @stoplight/prism-cli ${prismVersion}, the first time only.\n`,
    );
  }
  const spec = fileURLToPath(import.meta.resolve("@image-variations/spec/image-variations.yaml"));
  stdout.write(`${formatVariables(`http://127.0.0.1:${port}`, []).replaceAll(`${port}/v1`, String(port))}\n\n`);
  await stdout.drained();
  const code = await run(prism, ["mock", "--host", "127.0.0.1", "--port", String(port), spec], signal);
  if (code !== 0 && !signal.aborted) {
    throw new CliError(`Prism ended with exit code ${code}.`, {
      fix: `Its own lines above say why. If port ${port} is in use, pass another as --port.`,
    });
  }
}

function run({ program, args }: PrismCommand, words: readonly string[], signal: AbortSignal): Promise<number> {
  return new Promise((resolve, reject) => {
    // npx is a script of the shell on Windows.
    const shell = process.platform === "win32" && program === "npx";
    const child = spawn(program, [...args, ...words], { stdio: ["ignore", "inherit", "inherit"], shell });
    const stop = (): void => void child.kill();
    signal.addEventListener("abort", stop, { once: true });
    child.once("error", (cause) => {
      reject(
        new CliError(`${program} can't be started: ${cause.message}.`, { fix: "Install npm, or Prism itself.", cause }),
      );
    });
    child.once("close", (code) => {
      signal.removeEventListener("abort", stop);
      resolve(code ?? 1);
    });
  });
}
