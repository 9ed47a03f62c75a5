import type { Command } from "@stricli/core";
import { backendFlags } from "../backend/backend-flags.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { defineCommand } from "../command-line/define-command.ts";
import { parseInteger } from "../settings/number-flags.ts";
import { serverFlags } from "../settings/server-flags.ts";
import type { ServeFlags } from "./serve-flags.ts";

/** `serve`: the endpoint on a port of this machine. */
export const serveCommand: Command<CliContext> = defineCommand<ServeFlags>({
  brief: "Serve POST /images/variations, for any SDK in any language",
  description:
    "Serves POST /images/variations as the official API did, and prints what to set so that programs find it. Every " +
    "other setting is an IMAGE_VARIATIONS_… variable: limits, timeouts, CORS, S3. Ctrl-C stops it, and lets requests end.",
  usage: "[options]",
  examples: [
    { input: "", brief: "with the engine, for this machine" },
    { input: "--host 0.0.0.0 --api-key k3y", brief: "for others, with a key" },
    { input: "--backend comfyui", brief: "in front of ComfyUI" },
    { input: "--queue redis://queue --store s3://images", brief: "with workers on other machines" },
  ],
  flags: {
    port: {
      kind: "parsed",
      parse: parseInteger({ minimum: 0, maximum: 65_535 }),
      optional: true,
      placeholder: "port",
      brief: "Where to listen, default 8080; 0 takes a free port",
    },
    host: {
      kind: "parsed",
      parse: String,
      optional: true,
      placeholder: "address",
      brief: "The address to listen on, default 127.0.0.1",
    },
    apiKey: {
      kind: "parsed",
      parse: String,
      optional: true,
      variadic: true,
      placeholder: "key",
      brief: "A key that is accepted; by default none is needed",
    },
    ...backendFlags,
    queue: {
      kind: "parsed",
      parse: String,
      optional: true,
      placeholder: "url",
      brief: "A Redis or Valkey by which workers make the images",
    },
    ...serverFlags,
  },
  aliases: { p: "port" },
  load: async () => (await import("./serve-images.ts")).serveImages,
});
