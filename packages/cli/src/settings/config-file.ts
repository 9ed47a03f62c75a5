import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CliError } from "../command-line/cli-error.ts";

/** What the config file is called, in the folder where the command runs. */
export const configFileName = "image-variations.config.json";

/** What a config file says: options by their names, such as `backend` and `apiKey`. */
export interface Config {
  /** The path, as it is shown. */
  readonly path: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Reads a config file.
 *
 * @param path The file that was asked for; undefined for the one in the working directory, which may be missing.
 * @throws CliError if it can't be read, or is not an object of JSON.
 */
export async function readConfig(path: string | undefined, workingDirectory: string): Promise<Config | undefined> {
  const shown = path ?? configFileName;
  let text: string;
  try {
    text = await readFile(resolve(workingDirectory, shown), "utf8");
  } catch (cause) {
    if (path === undefined && (cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new CliError(`The config file ${shown} can't be read: ${(cause as Error).message}.`, {
      exit: "usage",
      cause,
    });
  }
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch (cause) {
    throw new CliError(`The config file ${shown} is not JSON: ${(cause as Error).message}.`, { exit: "usage", cause });
  }
  if (typeof values !== "object" || values === null || Array.isArray(values)) {
    throw new CliError(`The config file ${shown} must be an object of options, such as { "n": 4 }.`, { exit: "usage" });
  }
  return { path: shown, values: values as Config["values"] };
}
