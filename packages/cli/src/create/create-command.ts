import type { Command } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";
import { defineCommand } from "../command-line/define-command.ts";
import { createAliases, createFlags, type CreateFlags } from "./create-flags.ts";

/** `create`, the default verb: makes variations of images. */
export const createCommand: Command<CliContext> = defineCommand<CreateFlags, string[]>({
  brief: "Make variations of images; the default: image-variations otter.png",
  description:
    "Makes variations of images, and saves each as soon as it is whole. Without --server, they are made in this process, " +
    "offline, by the engine, or by the backend that --backend names.",
  usage: "<image…> [options]",
  isDefault: true,
  examples: [
    { input: "otter.png -n 4", brief: "four variations, and a sheet of them" },
    { input: "'photos/*.png' --out sets", brief: "of many images" },
    { input: "- --out - < a.png > b.png", brief: "in a pipe" },
  ],
  flags: createFlags,
  aliases: createAliases,
  positional: {
    kind: "array",
    minimum: 1,
    parameter: { brief: "Files, patterns, or - for standard input", parse: String, placeholder: "image" },
  },
  load: async () => (await import("./create-images.ts")).createImages,
});
