import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";

/** The command as it is installed. */
const program = fileURLToPath(new URL("dist/main.js", import.meta.resolve("image-variations/package.json")));

/** How `image-variations conform` ended. */
export interface ConformOutcome {
  readonly code: number;
  /** Without the line break at its end. */
  readonly stdout: string;
  /** Without the line break at its end. */
  readonly stderr: string;
}

/** Runs `image-variations conform` in a process of its own, without progress unless it is asked for. */
export function conform(
  args: readonly string[],
  { progress = false }: { readonly progress?: boolean } = {},
): Promise<ConformOutcome> {
  return new Promise((resolve) => {
    const commandLine = [program, "conform", ...args, ...(progress ? [] : ["--quiet"])];
    const { OPENAI_API_KEY: _, ...env } = process.env;
    execFile(process.execPath, commandLine, { env, maxBuffer: 2 ** 28 }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout: stdout.trimEnd(), stderr: stderr.trimEnd() }),
    );
  });
}
