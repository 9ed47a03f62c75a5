import type { Command } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";
import { defineCommand } from "../command-line/define-command.ts";
import { shells, type Shell } from "./shells.ts";

/** `complete`: prints what a shell needs to complete this command. */
export const completeCommand: Command<CliContext> = defineCommand<object, [Shell]>({
  brief: "Print completions for bash, zsh, fish or PowerShell",
  description:
    "Prints a script that makes a shell complete verbs, options and their values. The shell then asks this command itself, so " +
    "that what is completed is what is there.",
  usage: `<${shells.join("|")}>`,
  examples: [
    { input: "bash >> ~/.bashrc", brief: "bash" },
    { input: "zsh >> ~/.zshrc", brief: "zsh" },
    { input: "fish | source", brief: "fish, for this session" },
    { input: "powershell >> $PROFILE", brief: "PowerShell" },
  ],
  flags: {},
  positional: {
    kind: "tuple",
    parameters: [
      {
        brief: "The shell",
        placeholder: "shell",
        parse(text) {
          const shell = shells.find((known) => known === text);
          if (shell) return shell;
          throw new Error(`must be one of ${shells.join(", ")}; got ${JSON.stringify(text)}.`);
        },
        proposeCompletions: () => shells,
      },
    ],
  },
  load: async () => (await import("./print-completions.ts")).printCompletions,
});
