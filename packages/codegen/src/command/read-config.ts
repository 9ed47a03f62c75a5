import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { CommandError, nearestWord } from "@image-variations/command";
import { parseText } from "../document/parse-openapi.ts";
import type { WriteApiOptions } from "../output/write-api.ts";

/** What a configuration says of one output: the options of {@link WriteApiOptions} that are settings. */
export type Configuration = Omit<WriteApiOptions, "dryRun" | "force" | "command" | "folder" | "onRead">;

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
  const json = readFileSync(path, "utf8");
  try {
    JSON.parse(json);
  } catch (cause) {
    throw new CommandError(`${label} is not valid JSON: ${(cause as Error).message}`, { cause });
  }
  const { value, locate } = parseText(json, label);
  const isList = Array.isArray(value);
  const outputs: readonly unknown[] = isList ? value : [value];
  const wrong = outputs.flatMap((output, index) => {
    const at = isList ? [index] : [];
    return mistakesIn(output).map(({ setting, said }) => `${locate([...at, ...setting])}: ${said}`);
  });
  if (wrong.length > 0) throw new CommandError(wrong.join("\n"));
  const folder = dirname(resolve(path));
  const owners = new Map<string, number>();
  for (const [index, { out }] of (outputs as readonly Configuration[]).entries()) {
    const owner = owners.get(resolve(folder, out));
    if (owner !== undefined) {
      throw new CommandError(
        `${locate([index, "out"])}: out is ${out}, and so is that of output ${owner + 1}; name another folder.`,
      );
    }
    owners.set(resolve(folder, out), index);
  }
  return { outputs: outputs as readonly Configuration[], folder };
}

/** What is wrong with one output, and in which of its settings. */
interface Wrong {
  readonly setting: readonly string[];
  readonly said: string;
}

function mistakesIn(output: unknown): Wrong[] {
  if (typeof output !== "object" || output === null || Array.isArray(output)) {
    return [{ setting: [], said: `expected an object with settings, got ${JSON.stringify(output)}.` }];
  }
  const own = Object.entries(output).flatMap(([name, value]): Wrong[] => {
    const setting = [name];
    if (!Object.hasOwn(settings, name)) {
      const near = nearestWord(name, settingNames);
      const hint = near ? `Did you mean ${near}?` : `Known: ${settingNames.join(", ")}.`;
      return [{ setting, said: `unknown setting ${JSON.stringify(name)}. ${hint}` }];
    }
    const [wanted, is] = settings[name as keyof typeof settings];
    return is(value) ? [] : [{ setting, said: `${name} has to be ${wanted}, got ${JSON.stringify(value)}.` }];
  });
  const lacks = (said: string, ...names: readonly string[]): Wrong[] =>
    names.some((name) => name in output) ? [] : [{ setting: [], said }];
  return [
    ...own,
    ...lacks("document is missing; it names the OpenAPI document.", "document", "base"),
    ...lacks("out is missing; it names the folder that is written.", "out"),
  ];
}
