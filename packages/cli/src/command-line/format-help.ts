import type { Command, RouteMap } from "@stricli/core";
import type { CliContext } from "./cli-context.ts";
import type { Example } from "./example.ts";
import { exitCodes } from "./exit-codes.ts";
import { styled, type Look } from "./style.ts";

type HelpArguments = Parameters<Command<CliContext>["formatHelp"]>[0];
type Parameters_ = Command<CliContext>["parameters"];

/** How wide help is: it must fit a terminal of 80 columns. */
const width = 80;

/** What help needs to know of a verb. */
interface HelpedCommand {
  readonly brief: string;
  readonly description?: string;
  readonly usage: string;
  readonly examples: readonly Example[];
  readonly isDefault?: boolean;
}

/** The help of a verb: how it is called, examples, options. Rare options are shown by `--help-all`. */
export function formatCommandHelp(definition: HelpedCommand, parameters: Parameters_, args: HelpArguments): string {
  const name = args.prefix.join(" ");
  const look = looksFor(args);
  const { rows, hidden } = optionRows(parameters, args);
  return [
    `${look("bold", name)} ${definition.usage}`,
    "",
    ...wrap(definition.description ?? definition.brief, width),
    "",
    look("underline", "Examples"),
    ...exampleLines(definition.examples, definition.isDefault ? args.prefix.slice(0, 1).join(" ") : name, look),
    "",
    look("underline", "Options"),
    ...table([...rows, ["-h, --help", "Print this help"]], look),
    ...(hidden > 0 ? ["", look("dim", `${hidden} more options: ${name} --help-all`)] : []),
    "",
  ].join("\n");
}

/** The help of the whole command: what one can do with it. */
export function formatRootHelp(input: {
  readonly brief: string;
  readonly examples: readonly Example[];
  readonly routes: ReturnType<RouteMap<CliContext>["getAllEntries"]>;
  readonly args: HelpArguments;
}): string {
  const { brief, examples, routes, args } = input;
  const name = args.prefix.join(" ");
  const look = looksFor(args);
  const codes = Object.values(exitCodes).map(({ code, meaning }) => [String(code), meaning] as const);
  return [
    ...wrap(brief, width),
    "",
    ...exampleLines(examples, name, look),
    "",
    look("underline", "Commands"),
    ...table(
      routes
        .filter(({ hidden }) => !hidden || args.includeHidden)
        .map((route) => [route.name["convert-camel-to-kebab"], route.target.brief]),
      look,
    ),
    "",
    ...wrap(
      `${name} <command> --help tells more. Options of every command: --verbose, --color, --help; --version.`,
      width,
    ),
    ...(args.includeHidden ? ["", look("underline", "Exit codes"), ...table(codes, look)] : []),
    "",
  ].join("\n");
}

/** A text in a look, or as it is if the stream has no colors. */
type Looks = (look: Look, text: string) => string;

function looksFor({ ansiColor }: HelpArguments): Looks {
  return (look, text) => styled({ colors: ansiColor }, look, text);
}

type Row = readonly [name: string, text: string];

function optionRows(parameters: Parameters_, args: HelpArguments): { rows: Row[]; hidden: number } {
  const letters = new Map(Object.entries(parameters.aliases ?? {}).map(([letter, flag]) => [String(flag), letter]));
  const all = Object.entries(parameters.flags ?? {});
  const shown = all.filter(([, flag]) => args.includeHidden || !("hidden" in flag && flag.hidden));
  const rows = shown.map(([flagName, flag]): Row => {
    const letter = letters.get(flagName);
    const isBoolean = flag.kind === "boolean" || flag.kind === "counter";
    // What can be turned off is on.
    const isOnByDefault = flag.kind === "boolean" && flag.withNegated !== false;
    const long = `--${isOnByDefault ? "no-" : ""}${toKebabCase(flagName)}`;
    // A name of one letter is an option of its own, `-n`.
    const names = [letter && `-${letter}`, flagName.length > 1 && long].filter(Boolean).join(", ");
    return [isBoolean ? names : `${names} <${flag.placeholder ?? "value"}>`, flag.brief];
  });
  return { rows, hidden: all.length - shown.length };
}

/** The name as it is typed: `apiKey` is `--api-key`. */
export function toKebabCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function exampleLines(examples: readonly Example[], name: string, look: Looks): string[] {
  return table(
    examples.map(({ input, brief }): Row => [`${name} ${input}`.trim(), brief]),
    (kind, text) => (kind === "bold" ? text : look(kind, text)),
  );
}

/** Two columns; a name that is too long stands on a line of its own. */
function table(rows: readonly Row[], look: Looks): string[] {
  const longest = Math.min(Math.max(...rows.map(([name]) => name.length)), 44);
  return rows.flatMap(([name, text]) => {
    const [first = "", ...others] = wrap(text, width - longest - 4);
    const indent = " ".repeat(longest + 4);
    const head = `  ${look("bold", name)}${" ".repeat(Math.max(longest - name.length, 0))}`;
    const rest = others.map((line) => `${indent}${line}`);
    return name.length > longest ? [head, `${indent}${first}`, ...rest] : [`${head}  ${first}`, ...rest];
  });
}

function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = word;
    } else {
      line = line ? `${line} ${word}` : word;
    }
  }
  return [...lines, line];
}
