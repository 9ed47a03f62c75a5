import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CommandError, nearestWord } from "@image-variations/command";
import type { WriteApiOptions } from "../output/write-api.ts";

/** What a configuration says of one output: the options of {@link WriteApiOptions} that are settings. */
export type Configuration = Omit<WriteApiOptions, "dryRun" | "force" | "command" | "folder">;

/** The file that is read if it is there and no document is named. */
export const defaultConfig = "codegen.config.json";

type Check = readonly [wanted: string, is: (value: unknown) => boolean];

const text: Check = ["text", (value) => typeof value === "string" && value !== ""];
const texts: Check = ["a list of texts", (value) => Array.isArray(value) && value.every((item) => text[1](item))];
const truth: Check = ["true or false", (value) => typeof value === "boolean"];

/** The settings; `config.schema.json` says the same to editors. */
const settings: Readonly<Record<keyof Configuration | "$schema", Check>> = {
  $schema: text,
  document: text,
  out: text,
  base: text,
  overlays: texts,
  operations: texts,
  tags: texts,
  remote: truth,
  strict: truth,
  importExtension: ['".js" or ".ts"', (value) => value === ".js" || value === ".ts"],
};

/** The names of the settings. */
export const settingNames: readonly string[] = Object.keys(settings);

/**
 * The outputs that a configuration file lists: one object, or a list of them. Their paths start from the file.
 *
 * @throws CommandError that names everything that is wrong in it.
 */
export function readConfig(
  path: string,
  label: string,
): { readonly outputs: readonly Configuration[]; readonly folder: string } {
  if (!existsSync(path)) throw new CommandError(`${label} can't be read: there is no such file.`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch (cause) {
    throw new CommandError(`${label} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
  const outputs = Array.isArray(value) ? (value as unknown[]) : [value];
  const wrong = outputs.flatMap((output, index) =>
    mistakesIn(output).map((mistake) => `${label}${Array.isArray(value) ? ` [${index}]` : ""}: ${mistake}`),
  );
  if (wrong.length > 0) throw new CommandError(wrong.join("\n"));
  return { outputs: outputs as Configuration[], folder: dirname(resolve(path)) };
}

function mistakesIn(output: unknown): string[] {
  if (typeof output !== "object" || output === null || Array.isArray(output))
    return ["expected an object with settings."];
  const own = Object.entries(output).flatMap(([name, value]) => {
    if (!Object.hasOwn(settings, name)) {
      const near = nearestWord(name, settingNames);
      return [
        `unknown setting ${JSON.stringify(name)}.${near ? ` Did you mean ${near}?` : ` Known: ${settingNames.join(", ")}.`}`,
      ];
    }
    const [wanted, is] = settings[name as keyof typeof settings];
    return is(value) ? [] : [`${name} has to be ${wanted}, got ${JSON.stringify(value)}.`];
  });
  const lacking = "out" in output ? [] : ["out is missing; it names the folder that is written."];
  const source =
    "document" in output || "base" in output ? [] : ["document is missing; it names the OpenAPI document."];
  return [...own, ...source, ...lacking];
}
