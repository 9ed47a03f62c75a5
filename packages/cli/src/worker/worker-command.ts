import type { Command } from "@stricli/core";
import { backendFlags } from "../backend/backend-flags.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { defineCommand } from "../command-line/define-command.ts";
import { parseInteger } from "../settings/number-flags.ts";
import { serverFlags } from "../settings/server-flags.ts";
import type { WorkerFlags } from "./worker-flags.ts";

/** `worker`: makes the images of servers on other machines. */
export const workerCommand: Command<CliContext> = defineCommand<WorkerFlags>({
  brief: "Make the images of servers that share a queue",
  description:
    "Makes the images of servers that run with the same --queue and --store, on this machine or others; start as many as you " +
    "need. Every other setting is an IMAGE_VARIATIONS_… variable. Ctrl-C stops it: jobs that do not end in time go to another " +
    "worker.",
  usage: "--queue <url> --store <store> [options]",
  examples: [
    { input: "--queue redis://queue --store s3://images", brief: "with the engine" },
    { input: "--backend comfyui", brief: "in front of ComfyUI; queue and store by variables" },
  ],
  flags: {
    queue: {
      kind: "parsed",
      parse: String,
      optional: true,
      placeholder: "url",
      brief: "The Redis or Valkey of the servers, such as redis://queue:6379",
    },
    ...serverFlags,
    ...backendFlags,
    concurrency: {
      kind: "parsed",
      parse: parseInteger({ minimum: 1, maximum: 1_000 }),
      optional: true,
      placeholder: "number",
      brief: "How many requests at once, default what the backend is made for",
    },
  },
  load: async () => (await import("./work.ts")).work,
});
