import type { Command } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";
import { defineCommand } from "../command-line/define-command.ts";
import { parseSeconds } from "../settings/number-flags.ts";
import type { ConformFlags } from "./conform-flags.ts";

const seconds = (brief: string) =>
  ({ kind: "parsed", parse: parseSeconds, optional: true, placeholder: "seconds", brief }) as const;

/** `conform`: which requirements of the contract a server meets. */
export const conformCommand: Command<CliContext> = defineCommand<ConformFlags, [string]>({
  brief: "Check which requirements of the contract a server passes",
  description:
    "Sends some twenty requests to a server, each once, and prints for each requirement of the contract whether the server " +
    "passes or fails it, with what was seen; or why nothing was seen (skip). Most of the requests make images, which a " +
    "server may charge for. Exit code 0: every requirement passes; 1: one fails or is skipped; 2: nothing can be checked.",
  usage: "<url> [options]",
  examples: [
    { input: "http://localhost:8080/v1", brief: "a table" },
    { input: "http://localhost:8080/v1 --junit report.xml", brief: "for CI" },
  ],
  flags: {
    apiKey: {
      kind: "parsed",
      parse: String,
      optional: true,
      placeholder: "key",
      brief: "The server's key, default OPENAI_API_KEY",
    },
    model: {
      kind: "parsed",
      parse: String,
      optional: true,
      placeholder: "name",
      brief: "The model to ask for, if the server needs one",
    },
    json: { kind: "boolean", default: false, withNegated: false, brief: "Print the report as JSON" },
    junit: {
      kind: "parsed",
      parse: String,
      optional: true,
      placeholder: "file",
      brief: "Write it as JUnit XML, too; - prints it instead",
    },
    quiet: { kind: "boolean", default: false, withNegated: false, brief: "Print no progress" },
    timeout: seconds("The most time for a response, default 300"),
    firstTimeout: seconds("The most time for the first one, default 10"),
    totalTimeout: seconds("The most time for everything, default 1800"),
  },
  aliases: { q: "quiet" },
  positional: {
    kind: "tuple",
    parameters: [{ brief: "The server, version prefix included", parse: String, placeholder: "url" }],
  },
  load: async () => (await import("./conform-server.ts")).conformServer,
});
