import type { Command } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";
import { defineCommand } from "../command-line/define-command.ts";
import type { DoctorFlags } from "./doctor-flags.ts";

/** `doctor`: tells whether everything that the other commands need is there. */
export const doctorCommand: Command<CliContext> = defineCommand<DoctorFlags>({
  brief: "Check that everything works here: Node, codec, disk, server, key",
  description:
    "Checks what the other commands need: Node, memory, the codec, the disk, one tiny variation made in this process, " +
    "and, if a server is named, that it can be reached and accepts the key. Each line that fails has its fix.",
  usage: "[options]",
  examples: [
    { input: "", brief: "this machine" },
    { input: "--server https://my.site/v1", brief: "and a server" },
    { input: "--json | jq .status", brief: "for programs" },
  ],
  flags: {
    server: {
      kind: "parsed",
      parse: String,
      optional: true,
      brief: "The server to check. Default: OPENAI_BASE_URL",
      placeholder: "url",
    },
    apiKey: {
      kind: "parsed",
      parse: String,
      optional: true,
      brief: "The server's key; better in OPENAI_API_KEY",
      placeholder: "key",
    },
    out: {
      kind: "parsed",
      parse: String,
      optional: true,
      brief: "The folder for images. Default: the current one",
      placeholder: "dir",
    },
    json: { kind: "boolean", default: false, withNegated: false, brief: "Print one JSON object for each check" },
  },
  load: async () => (await import("./run-doctor.ts")).runDoctor,
});
