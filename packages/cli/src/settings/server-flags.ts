import type { FlagParametersForType } from "@stricli/core";
import type { CliContext } from "../command-line/cli-context.ts";

/** The options of those who serve: an endpoint, or a queue. */
export interface ServerFlags {
  readonly queue?: string | undefined;
  readonly store?: string | undefined;
  readonly storeDirectory?: string | undefined;
  readonly logLevel?: "debug" | "info" | "warn" | "error" | "silent" | undefined;
}

/** How they are declared, but for what differs between the two. */
export const serverFlags: FlagParametersForType<Omit<ServerFlags, "queue">, CliContext> = {
  store: {
    kind: "parsed",
    parse: String,
    optional: true,
    placeholder: "store",
    brief: "Where images lie: memory, directory, s3, s3://bucket/prefix",
    proposeCompletions: () => ["memory", "directory", "s3", "s3://"],
  },
  storeDirectory: {
    kind: "parsed",
    parse: String,
    optional: true,
    placeholder: "dir",
    brief: "The folder of the store directory",
  },
  logLevel: {
    kind: "enum",
    values: ["debug", "info", "warn", "error", "silent"],
    optional: true,
    placeholder: "level",
    brief: "The least that is logged, as JSON, default error",
  },
};
