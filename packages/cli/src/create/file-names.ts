import { basename, extname } from "node:path";
import { CliError } from "../command-line/cli-error.ts";

/** What a pattern of file names is filled in with. */
export interface NameFacts {
  /** The image's own name, without its extension. */
  readonly name: string;
  /** The number of the variation, or `sheet`. */
  readonly index: number | "sheet";
  readonly size: string;
  readonly seed: number | undefined;
}

const placeholders = ["name", "index", "size", "seed"] as const;

/**
 * Checks a pattern such as `{name}-{index}`.
 *
 * @throws CliError if it could name two files the same, has a placeholder that does not exist, or is not the name of a file.
 */
export function checkPattern(
  pattern: string,
  { images, n, seed }: { readonly images: number; readonly n: number; readonly seed: number | undefined },
): void {
  const usage = (message: string, fix: string): CliError => new CliError(message, { exit: "usage", fix });
  const shown = JSON.stringify(pattern);
  for (const [, word = ""] of pattern.matchAll(/\{([^}]*)\}/g)) {
    if (!(placeholders as readonly string[]).includes(word)) {
      throw usage(
        `--name has no placeholder {${word}}; got ${shown}.`,
        `It has ${placeholders.map((known) => `{${known}}`).join(", ")}.`,
      );
    }
  }
  if (/[/\\\0]/.test(pattern) || pattern.trim() === "" || /^\.+$/.test(pattern)) {
    throw usage(`--name must be the name of a file; got ${shown}.`, "Name the folder with --out.");
  }
  if (n > 1 && !pattern.includes("{index}")) {
    throw usage(`--name ${shown} gives ${n} images the same name.`, "Put {index} into it.");
  }
  if (images > 1 && !pattern.includes("{name}")) {
    throw usage(`--name ${shown} gives the variations of ${images} images the same names.`, "Put {name} into it.");
  }
  if (pattern.includes("{seed}") && seed === undefined) {
    throw usage("--name has {seed}, but no seed was given.", "Pass --seed.");
  }
}

/** The name of a file, without its extension. */
export function fillPattern(pattern: string, facts: NameFacts): string {
  const values: Readonly<Record<string, string>> = {
    name: facts.name,
    index: String(facts.index),
    size: facts.size,
    seed: String(facts.seed ?? ""),
  };
  const filled = pattern.replaceAll(/\{(\w+)\}/g, (_, word: string) => values[word] ?? "");
  return facts.index === "sheet" && !pattern.includes("{index}") ? `${filled}-sheet` : filled;
}

/** The name that an image gives its variations: of the file, without the extension; `stdin` for standard input. */
export function nameOfImage(path: string): string {
  if (path === "-") return "stdin";
  return basename(path, extname(path)) || "image";
}
