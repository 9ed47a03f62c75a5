import { SpecError } from "@image-variations/codegen/document";
import { type Command, CommandError } from "@image-variations/command";
import { diffSpecs } from "../diff-specs.ts";
import { type Level, levels } from "../policy/level.ts";
import { reportJson } from "../report/report-json.ts";
import { reportMarkdown } from "../report/report-markdown.ts";
import { reportText } from "../report/report-text.ts";
import type { Source } from "../sources/parse-source.ts";
import { SourceError } from "../sources/source-error.ts";

/** The two documents of a call. */
export interface DocumentPair {
  readonly base: Source;
  readonly head: Source;
  /** Whether the names in generated code count unless the call says so. Default false. */
  readonly names?: boolean;
}

export interface DiffCommandOptions {
  /** What is called: the first line of the help. */
  readonly usage: string;
  /** What the help says of the documents, indented. */
  readonly documents: string;
  /** What the help says of `--names`, indented. */
  readonly names: string;
  /** Reads the two documents that were named. */
  read(positionals: readonly string[], options: { readonly remote: boolean }): Promise<DocumentPair>;
  /** The exit code where a document can't be read. Default 1. */
  readonly errorCode?: number;
}

/** The command that compares two documents: this repository's own and the published one read them in different ways. */
export function createDiffCommand({ usage, documents, names, read, errorCode = 1 }: DiffCommandOptions): Command {
  return {
    help: `${usage} [--json | --markdown] [--fail-on LEVEL] [--names | --no-names] [--remote]

Says what changed between two OpenAPI 3.0 or 3.1 documents: each change with its direction, its place, its level
(major, minor, patch, none) and why, and the bump that follows.

${documents}
  --json            for machines: { bump, opinions, changes: [{ direction, pointer, level, reason, … }], … }
  --markdown        for a pull request
  --fail-on LEVEL   exit with 1 where the bump is LEVEL or higher
  --remote          follow references from files to http: and https: addresses
${names}
`,
    userErrors: [SourceError, SpecError],
    errorCode,
    options: {
      json: { type: "boolean" },
      markdown: { type: "boolean" },
      "fail-on": { type: "string" },
      names: { type: "boolean" },
      remote: { type: "boolean" },
    },
    allowNegative: true,
    maximumPositionals: 2,
    async run({ values, positionals }) {
      const limit = values["fail-on"] as Level | undefined;
      if (limit !== undefined && !levels.includes(limit)) {
        throw new CommandError(`--fail-on takes ${levels.join(", ")}, got ${JSON.stringify(limit)}.`);
      }
      if (values.json && values.markdown) throw new CommandError("--json and --markdown exclude each other; name one.");
      const pair = await read(positionals, { remote: values.remote === true });
      const diff = await diffSpecs(pair.base, pair.head, {
        names: (values.names as boolean | undefined) ?? pair.names ?? false,
      });
      const report = values.json ? reportJson : values.markdown ? reportMarkdown : reportText;
      process.stdout.write(report(diff));
      if (limit !== undefined && limit !== "none" && levels.indexOf(diff.bump) >= levels.indexOf(limit)) {
        process.exitCode = 1;
      }
    },
  };
}
