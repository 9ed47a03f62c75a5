import { existsSync } from "node:fs";
import { basename, resolve } from "node:path";
import { type Command, CommandError } from "@image-variations/command";
import { isAddress } from "../document/document-source.ts";
import { SpecError } from "../document/spec-error.ts";
import { manifestIn, writeApi } from "../output/write-api.ts";
import { baseNames } from "../prepare/base-documents.ts";
import { portablePath } from "../prepare/portable-path.ts";
import { type Configuration, defaultConfig, readConfig } from "./read-config.ts";
import { FileStates } from "./watch-files.ts";

type Values = Readonly<Record<string, unknown>>;

/** A run of the command: what is made, and from which folder. */
interface Job {
  readonly outputs: readonly Configuration[];
  readonly folder: string;
  /** The command that makes it again, from the current folder. */
  readonly command: string;
  /** The same from the configuration's folder, which is the same wherever it was called. */
  readonly portableCommand: string;
  readonly config?: string;
}

/** The command of `@image-variations/codegen`. */
export const codegenCommand: Command = {
  help: `codegen <document> --out <folder> [options]
codegen [--config <file>] [--check | --dry-run | --watch]

Makes a typed client and a validator of an OpenAPI 3.0 or 3.1 document, YAML or JSON, of one file or several.

  document          a file or a URL
  --out             the folder that is written: client.ts, contract.ts, schema.ts, validation.ts, index.ts
  --operations      only these, with all that they refer to: "POST /images/edits,listModels"; may be repeated
  --tags            only the operations of these tags; may be repeated
  --overlay         an OpenAPI Overlay 1.0 or 1.1 that is applied first; may be repeated
  --base            a contract that comes with this package, which the document is an overlay of: ${baseNames.join(", ")}
  --remote          follow references from files to http: and https: addresses, and from an address to other servers
  --strict          end at mistakes in the document that could be passed over
  --import-extension  how the files import each other: .js (default) or .ts
  --config          the same as JSON, for one folder or several. Default: ${defaultConfig}, if no document is named
  --check           write nothing; exit with 1 if a file is out of date
  --dry-run         write nothing; say what would be written
  --watch           again whenever a file changes that was read, or a written folder is gone
  --force           replace what is in the way. Without it, nothing is written over files that this command did not write
  --verbose         say of every operation with a body and without a validator why it has none

Exit codes: 0, or 1 by --check, or 2 where the document or the command line can't be used.
`,
  options: {
    out: { type: "string" },
    operations: { type: "string", multiple: true },
    tags: { type: "string", multiple: true },
    overlay: { type: "string", multiple: true },
    base: { type: "string" },
    remote: { type: "boolean" },
    strict: { type: "boolean" },
    "import-extension": { type: "string" },
    config: { type: "string" },
    check: { type: "boolean" },
    "dry-run": { type: "boolean" },
    watch: { type: "boolean" },
    force: { type: "boolean" },
    verbose: { type: "boolean" },
  },
  maximumPositionals: 1,
  errorCode: 2,
  userErrors: [SpecError],
  async run({ values, positionals: [document] }) {
    const exclusive = ["check", "dry-run", "watch"].filter((name) => values[name] === true);
    if (exclusive.length > 1) {
      throw new CommandError(`${exclusive.map((name) => `--${name}`).join(" and ")} exclude each other; name one.`);
    }
    const job = jobOf(values, document);
    if (values.watch === true) await watchJob(job, values);
    else await runJob(job, values);
  },
};

function jobOf(values: Values, document: string | undefined): Job {
  const own = ["out", "operations", "tags", "overlay", "import-extension"].filter((name) => values[name] !== undefined);
  if (document === undefined && values.base === undefined) {
    if (own.length > 0)
      throw new CommandError(`Name a document, or a base, for --${own[0]}: codegen openapi.yaml --out src/api.`);
    const config = typeof values.config === "string" ? values.config : defaultConfig;
    if (values.config === undefined && !existsSync(config)) {
      throw new CommandError(
        `Name a document and a folder, or write ${defaultConfig}: codegen openapi.yaml --out src/api; --help tells more.`,
      );
    }
    const commandWith = (path: string): string =>
      `npx @image-variations/codegen${path === defaultConfig ? "" : ` --config ${quoted(path)}`}`;
    return {
      ...readConfig(resolve(config), config),
      command: commandWith(config),
      portableCommand: commandWith(basename(config)),
      config: resolve(config),
    };
  }
  if (values.config !== undefined)
    throw new CommandError("--config names the documents itself; leave out the document.");
  if (typeof values.out !== "string" || values.out === "") {
    throw new CommandError("Name the folder that is written: codegen openapi.yaml --out src/api.");
  }
  const extension = values["import-extension"];
  if (extension !== undefined && extension !== ".js" && extension !== ".ts") {
    throw new CommandError(`--import-extension is .js or .ts, got ${JSON.stringify(extension)}.`);
  }
  const output = {
    out: values.out,
    document,
    base: values.base,
    overlays: values.overlay,
    operations: values.operations,
    tags: values.tags,
    remote: values.remote,
    strict: values.strict,
    importExtension: extension,
  };
  const command = commandOf(values, document);
  return {
    // What is not said is undefined, which stands for the default.
    outputs: [output as unknown as Configuration],
    folder: process.cwd(),
    command,
    portableCommand: command,
  };
}

/** The command line that makes the same files again. */
function commandOf(values: Values, document: string | undefined): string {
  const written = (name: string, value: string): string =>
    quoted(["overlay", "out"].includes(name) ? portablePath(value, process.cwd()) : value);
  const options = ["base", "overlay", "operations", "tags", "out", "import-extension"].flatMap((name) =>
    [values[name] ?? []].flat().map((value) => `--${name} ${written(name, String(value))}`),
  );
  const flags = ["remote", "strict"].filter((name) => values[name] === true).map((name) => `--${name}`);
  const source = document === undefined || isAddress(document) ? document : portablePath(document, process.cwd());
  const words = [...(source === undefined ? [] : [quoted(source)]), ...options, ...flags];
  return `npx @image-variations/codegen ${words.join(" ")}`;
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w@./:,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Brings every folder up to date, or says what is not. */
async function runJob(
  { outputs, folder, command, portableCommand }: Job,
  values: Values,
  onRead?: (path: string) => void,
): Promise<void> {
  const dryRun = values.check === true || values["dry-run"] === true;
  for (const output of outputs) {
    const own = { folder, command: portableCommand, dryRun, force: values.force === true };
    const { changed, warnings, withoutValidator } = await writeApi({ ...output, ...own, ...(onRead && { onRead }) });
    for (const warning of warnings) console.error(`Warning: ${warning}`);
    if (withoutValidator.length > 0) console.error(describeUnvalidated(withoutValidator, values.verbose === true));
    const out = portablePath(resolve(folder, output.out), process.cwd());
    const files = changed.map((file) => `${out}/${file}`);
    if (files.length === 0) console.log(`${out} is up to date.`);
    else if (values.check === true) {
      console.log(`Out of date: ${files.join(", ")}. Run: ${command}`);
      process.exitCode = 1;
    } else console.log(`${dryRun ? "Would write" : "Wrote"} ${files.join(", ")}.`);
  }
}

/** Why operations with a body have no validator. */
function describeUnvalidated(sentences: readonly string[], isVerbose: boolean): string {
  if (isVerbose) return sentences.join("\n");
  const count = sentences.length === 1 ? "1 operation has" : `${sentences.length} operations have`;
  return `${count} a body and no validator; --verbose lists why.`;
}

/**
 * Runs again whenever a file changes that was read, or a written folder goes. A document or a configuration that can't be used is
 * told, and waited for.
 */
async function watchJob(job: Job, values: Values): Promise<never> {
  let current = job;
  for (;;) {
    const files = new FileStates();
    try {
      if (job.config !== undefined) {
        files.add(job.config);
        current = { ...job, ...readConfig(job.config, portablePath(job.config, process.cwd())) };
      }
      await runJob(current, values, (path) => files.add(path));
    } catch (error) {
      if (!(error instanceof SpecError || error instanceof CommandError)) throw error;
      console.error(error.message);
    }
    for (const { out } of current.outputs) files.add(manifestIn(resolve(current.folder, out)));
    await files.nextChange();
  }
}
