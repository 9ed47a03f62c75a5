import { CliError } from "./cli-error.ts";

/**
 * The words of a command line, spelled as the parser knows them: `--n` as `-n`, `-n4` as `-n 4`, and `--no-color` as
 * `--color never`. What follows `--` stays as it is.
 *
 * @throws CliError for a word that starts like an option and can't be one, which would else be taken for a file.
 */
export function normalizeArguments(args: readonly string[]): string[] {
  const end = args.indexOf("--");
  const words = end === -1 ? args : args.slice(0, end);
  return [...words.flatMap(normalizeWord), ...(end === -1 ? [] : args.slice(end))];
}

function normalizeWord(word: string): readonly string[] {
  if (word === "--no-color") return ["--color", "never"];
  const short = /^--(?<letter>[a-z])(?<value>=.+)?$/i.exec(word)?.groups;
  if (short) return [`-${short["letter"]}${short["value"] ?? ""}`];
  const attached = /^-(?<letter>[a-z])(?<value>\d.*)$/i.exec(word)?.groups;
  if (attached) return [`-${attached["letter"]}`, attached["value"] ?? ""];
  if (/^--.*=$/.test(word)) {
    throw new CliError(`The option ${word.slice(0, -1)} has an empty value.`, {
      exit: "usage",
      fix: "Give it a value after =, or leave the option out.",
    });
  }
  return [word];
}
