import type { Aliases, FlagParametersForType } from "@stricli/core";
import { backendFlags, type BackendFlags } from "../backend/backend-flags.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { contractFlag } from "../settings/contract-flags.ts";
import { parseInteger, parseSeconds } from "../settings/number-flags.ts";

/** What comes out: files, or on stdout the URLs or the response itself. */
export type OutputFormat = "files" | "url" | "json";

/** The options of `create`, as they were typed. */
export interface CreateFlags extends BackendFlags {
  readonly n?: number | undefined;
  readonly size?: string | undefined;
  readonly seed?: number | undefined;
  readonly strength?: number | undefined;
  readonly prompt?: string | undefined;
  readonly model?: string | undefined;
  readonly user?: string | undefined;
  readonly out?: string | undefined;
  readonly name?: string | undefined;
  readonly force?: boolean | undefined;
  readonly fit?: boolean | undefined;
  readonly format?: OutputFormat | undefined;
  readonly sheet?: boolean | undefined;
  readonly preview?: boolean | undefined;
  readonly open?: boolean | undefined;
  readonly server?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly config?: string | undefined;
  readonly retries?: number | undefined;
  readonly timeout?: number | undefined;
  readonly quiet?: boolean | undefined;
  readonly json?: boolean | undefined;
}

const text = (placeholder: string, brief: string) =>
  ({ kind: "parsed", parse: String, optional: true, placeholder, brief }) as const;
const flag = (brief: string) => ({ kind: "boolean", optional: true, withNegated: false, brief }) as const;
const onByDefault = (brief: string) => ({ kind: "boolean", optional: true, withNegated: true, brief }) as const;

/** How they are declared. What is rarely needed is shown by `--help-all`. */
export const createFlags: FlagParametersForType<CreateFlags, CliContext> = {
  n: contractFlag<number>("n", { brief: "How many", placeholder: "number" }),
  size: contractFlag<string>("size", { brief: "Their size", placeholder: "size" }),
  seed: contractFlag<number>("seed", { brief: "The same seed, the same images", placeholder: "number" }),
  strength: contractFlag<number>("strength", { brief: "How far they may go", placeholder: "number" }),
  prompt: contractFlag<string>("prompt", { brief: "What they show, if the backend has prompts", placeholder: "text" }),
  out: text("dir", "The folder for them, default variations; - is stdout"),
  name: text("pattern", "The files' names, default {name}-{index}"),
  force: flag("Overwrite files that are there"),
  fit: flag("Make an image acceptable first, as fit does"),
  server: text("url", "A server, such as http://localhost:8080/v1"),
  ...backendFlags,
  sheet: onByDefault("Make no contact sheet"),
  preview: onByDefault("Show no preview in the terminal"),
  open: flag("Open the contact sheet when it is done"),
  quiet: flag("Print nothing but errors"),
  json: flag("Print events as JSON, one on each line"),
  format: {
    kind: "enum",
    values: ["files", "url", "json"],
    optional: true,
    hidden: true,
    placeholder: "format",
    brief: "files, or print only the URLs, or the response itself (url, json)",
  },
  model: { ...contractFlag<string>("model", { brief: "The model to ask for", placeholder: "name" }), hidden: true },
  user: {
    ...contractFlag<string>("user", { brief: "Your own user, for the server", placeholder: "id" }),
    hidden: true,
  },
  apiKey: { ...text("key", "The server's key; better in OPENAI_API_KEY"), hidden: true },
  retries: {
    kind: "parsed",
    parse: parseInteger({ minimum: 0, maximum: 100 }),
    optional: true,
    hidden: true,
    placeholder: "number",
    brief: "How often to try again, by default 2",
  },
  timeout: {
    kind: "parsed",
    parse: parseSeconds,
    optional: true,
    hidden: true,
    placeholder: "seconds",
    brief: "How long a request may take, by default 600",
  },
  config: { ...text("file", "The config file, by default image-variations.config.json"), hidden: true },
};

/** Their letters. */
export const createAliases: Aliases<keyof CreateFlags & string> = { n: "n", o: "out", q: "quiet" };
