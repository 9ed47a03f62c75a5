import type { Command } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";
import { defineCommand } from "../command-line/define-command.ts";
import type { SpecFlags } from "./spec-flags.ts";

/** `spec`: prints the contract. */
export const specCommand: Command<CliContext> = defineCommand<SpecFlags>({
  brief: "Print the contract: the OpenAPI document, as YAML or JSON",
  usage: "[--json]",
  examples: [
    { input: "> openapi.yaml", brief: "the contract, as it is written" },
    { input: "--json | jq .paths", brief: "the same for programs" },
  ],
  flags: { json: { kind: "boolean", default: false, withNegated: false, brief: "Print JSON instead of YAML" } },
  load: async () => (await import("./print-spec.ts")).printSpec,
});
