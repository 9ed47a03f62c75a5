import type { Command } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";
import { defineCommand } from "../command-line/define-command.ts";
import { parseInteger } from "../settings/number-flags.ts";
import type { MockFlags } from "./mock-flags.ts";

/** `mock`: Prism on the contract. */
export const mockCommand: Command<CliContext> = defineCommand<MockFlags>({
  brief: "Run Prism as a mock of the contract, installed when it is needed",
  description:
    "Runs Stoplight's Prism on the contract: it responds with the contract's examples, and rejects what the contract does. It " +
    "is not part of this package: npx fetches it the first time, which it says.",
  usage: "[--port <port>]",
  examples: [
    { input: "", brief: "on port 4010" },
    { input: "--port 8080", brief: "on another" },
  ],
  flags: {
    port: {
      kind: "parsed",
      parse: parseInteger({ minimum: 1, maximum: 65_535 }),
      default: "4010",
      placeholder: "port",
      brief: "Where to listen, default 4010",
    },
  },
  aliases: { p: "port" },
  load: async () => (await import("./run-mock.ts")).runMock,
});
