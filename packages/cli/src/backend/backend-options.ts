import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { CliError } from "../command-line/cli-error.ts";

/**
 * The options of a backend, from `name=value` each: numbers, `true`, `false` and JSON are what they look like, `@path` is
 * what the JSON file at that path has, and everything else is text.
 *
 * @throws CliError for what has no `=`, and for a file that can't be read as JSON.
 */
export async function readBackendOptions(
  pairs: readonly string[],
  workingDirectory: string,
): Promise<Readonly<Record<string, unknown>>> {
  const entries: [name: string, value: unknown][] = [];
  for (const pair of pairs) {
    const [, name, text] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    if (name === undefined || text === undefined) {
      throw new CliError(`--backend-option takes name=value; got ${JSON.stringify(pair)}.`, { exit: "usage" });
    }
    entries.push([name.trim(), text.startsWith("@") ? await readJson(text.slice(1), workingDirectory) : parse(text)]);
  }
  return Object.fromEntries(entries);
}

/** Numbers, booleans, objects and lists; a text that only looks like JSON stays text. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value === null ? text : value;
  } catch {
    return text;
  }
}

async function readJson(path: string, workingDirectory: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(resolve(workingDirectory, path), "utf8"));
  } catch (cause) {
    throw new CliError(`${path} can't be read as JSON: ${(cause as Error).message}.`, { exit: "usage", cause });
  }
}
