import { execFile } from "node:child_process";
import { consumerEnvironment } from "./consumer-environment.ts";

export interface ProgramOptions {
  readonly cwd: string;
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end in a consumer's environment.
 *
 * @returns What it printed on its standard output.
 * @throws Error with all that it printed, where it fails.
 */
export function runProgram(program: string, parameters: readonly string[], options: ProgramOptions): Promise<string> {
  const { cwd, variables } = options;
  return new Promise((resolve, reject) => {
    execFile(program, parameters, { cwd, env: consumerEnvironment(variables) }, (error, stdout, stderr) => {
      if (error)
        reject(new Error(`${[program, ...parameters].join(" ")} failed:\n${stdout}${stderr}`, { cause: error }));
      else resolve(stdout);
    });
  });
}
