import type { CliContext } from "./cli-context.ts";

/** Whether colors are used: as the terminal can, or in any case, or never. */
export type ColorMode = "auto" | "always" | "never";

/** The options that every command has. */
export interface CommonOptions {
  readonly verbose?: boolean | undefined;
  readonly color?: ColorMode | undefined;
}

/** How the common options are declared, in the form that stricli reads. */
export const commonFlags = {
  verbose: { kind: "boolean", optional: true, withNegated: false, brief: "Say more when something fails" },
  color: {
    kind: "enum",
    values: ["auto", "always", "never"],
    optional: true,
    brief: "Colors: auto, always, never",
    placeholder: "when",
  },
} as const;

/**
 * Reads the common options before the command line is parsed, because they decide how an error in it is shown. What is not
 * valid is left to the parser.
 */
export function readCommonOptions(args: readonly string[]): { verbose: boolean; color: ColorMode } {
  const end = args.indexOf("--");
  const words = end === -1 ? args : args.slice(0, end);
  const last = words.findLastIndex((word) => /^--(no-)?color\b/.test(word));
  const word = words[last] ?? "";
  const value = word.includes("=") ? word.slice(word.indexOf("=") + 1) : words[last + 1];
  const color = word.startsWith("--no-color") ? "never" : value === "always" || value === "never" ? value : "auto";
  return { verbose: words.includes("--verbose"), color };
}

/** Whether a stream gets colors: `--color` first, then NO_COLOR and FORCE_COLOR, then what the terminal can. */
export function usesColors(input: {
  readonly mode: ColorMode;
  readonly environment: CliContext["environment"];
  readonly colorDepth: number;
}): boolean {
  const { mode, environment, colorDepth } = input;
  if (mode !== "auto") return mode === "always";
  if (environment["NO_COLOR"]) return false;
  const forced = environment["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return colorDepth >= 4;
}
