import type { Command } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";
import { defineCommand } from "../command-line/define-command.ts";
import type { CheckFlags } from "./check-flags.ts";

/** `check`: tells whether the endpoint would accept images. */
export const checkCommand: Command<CliContext> = defineCommand<CheckFlags, string[]>({
  brief: "Tell whether the endpoint would accept images, and if not, why",
  description:
    "Tells whether the endpoint would accept images, and if not, everything that is wrong with each, and the fix. " +
    "Nothing is uploaded. Directories are searched to their depths.",
  usage: "<image…> [options]",
  examples: [
    { input: "otter.png", brief: "one image" },
    { input: "photos 'more/*.png'", brief: "a directory and a pattern" },
    { input: "photos --quiet", brief: "only what would be rejected" },
    { input: "- < otter.png", brief: "standard input" },
  ],
  flags: {
    depth: {
      kind: "enum",
      values: ["header", "structure", "pixels"],
      default: "structure",
      brief: "header, structure (every CRC; the default) or pixels",
      placeholder: "depth",
    },
    json: { kind: "boolean", default: false, withNegated: false, brief: "Print one JSON object for each image" },
    quiet: {
      kind: "boolean",
      default: false,
      withNegated: false,
      brief: "Print only images that would be rejected or can't be read",
    },
  },
  aliases: { q: "quiet" },
  positional: {
    kind: "array",
    minimum: 1,
    parameter: { brief: "Files, directories, patterns, or - for standard input", parse: String, placeholder: "image" },
  },
  load: async () => (await import("./run-check.ts")).runCheck,
});
