import { existsSync, watch } from "node:fs";
import { relative, resolve } from "node:path";
import { type Command, CommandError } from "@image-variations/command";
import { SpecError } from "../document/spec-error.ts";
import { writeApi } from "../output/write-api.ts";
import { baseNames } from "../prepare/base-documents.ts";
import { type Configuration, defaultConfig, readConfig } from "./read-config.ts";

type Values = Readonly<Record<string, unknown>>;

/** A run of the command: what is made, and from which folder. */
interface Job {
  readonly outputs: readonly Configuration[];
  readonly folder: string;
  /** The command that makes it again. */
  readonly command: string;
  readonly config?: string;
}

/** The command of `@image-variations/codegen`. */
export const codegenCommand: Command = {
  help: `codegen <document> --out <folder> [options]
codegen [--config <file>] [--check | --dry-run | --watch]

Makes a typed client and a validator of an OpenAPI 3.0 or 3.1 document, YAML or JSON, of one file or several.

  document          a file or a URL
  --out             the folder that is written: client.ts, contract.ts, schema.ts, validation.ts, index.ts
  --operations      only these, with all that they refer to: "POST /images/edits,listModels"
  --tags            only the operations of these tags
  --overlay         an OpenAPI Overlay 1.0 or 1.1 that is applied first; may be repeated
  --base            a contract that comes with this package, which the document is an overlay of: ${baseNames.join(", ")}
  --remote          follow references from files to http: and https: addresses
  --strict          end at mistakes in the document that could be passed over
  --import-extension  how the files import each other: .js (default) or .ts
  --config          the same as JSON, for one folder or several. Default: ${defaultConfig}, if no document is named
  --check           write nothing; exit with 1 if a file is out of date
  --dry-run         write nothing; say what would be written
  --watch           again whenever a file changes that was read
  --force           replace what is in the way. Without it, nothing is written over files that this command did not write
  --verbose         say of every operation without a validator why it has none

Exit codes: 0, or 1 by --check, or 2 where the document or the command line can't be used.
`,
  options: {
    out: { type: "string" },
    operations: { type: "string" },
    tags: { type: "string" },
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
  const own = ["out", "operations", "tags", "overlay", "base", "import-extension"].filter(
    (name) => values[name] !== undefined,
  );
  if (document === undefined && values.base === undefined) {
    if (own.length > 0)
      throw new CommandError(`Name a document, or a base, for --${own[0]}: codegen openapi.yaml --out src/api.`);
    const config = typeof values.config === "string" ? values.config : defaultConfig;
    if (values.config === undefined && !existsSync(config)) {
      throw new CommandError(
        `Name a document and a folder, or write ${defaultConfig}: codegen openapi.yaml --out src/api; --help tells more.`,
      );
    }
    const flag = config === defaultConfig ? "" : ` --config ${config}`;
    return {
      ...readConfig(resolve(config), config),
      command: `npx @image-variations/codegen${flag}`,
      config: resolve(config),
    };
  }
  if (values.config !== undefined)
    throw new CommandError("--config names the documents itself; leave out the document.");
  if (typeof values.out !== "string") {
    throw new CommandError("Name the folder that is written: codegen openapi.yaml --out src/api.");
  }
  const extension = values["import-extension"];
  if (extension !== undefined && extension !== ".js" && extension !== ".ts") {
    throw new CommandError(`--import-extension is .js or .ts, got ${JSON.stringify(extension)}.`);
  }
  const listed = (name: string): string[] | undefined =>
    typeof values[name] === "string"
      ? values[name]
          .split(",")
          .map((item) => item.trim())
          .filter(Boolean)
      : undefined;
  const output = {
    out: values.out,
    document,
    base: values.base,
    overlays: values.overlay,
    operations: listed("operations"),
    tags: listed("tags"),
    remote: values.remote,
    strict: values.strict,
    importExtension: extension,
  };
  const said = Object.fromEntries(Object.entries(output).filter(([, value]) => value !== undefined));
  return { outputs: [said as unknown as Configuration], folder: process.cwd(), command: commandOf(values, document) };
}

/** The command line that makes the same files again. */
function commandOf(values: Values, document: string | undefined): string {
  const quoted = (word: string): string => (/^[\w@./:,-]+$/.test(word) ? word : `"${word.replaceAll('"', '\\"')}"`);
  const options = ["base", "overlay", "operations", "tags", "out", "import-extension"].flatMap((name) =>
    [values[name] ?? []].flat().map((value) => `--${name} ${quoted(String(value))}`),
  );
  const flags = ["remote", "strict"].filter((name) => values[name] === true).map((name) => `--${name}`);
  const words = [...(document === undefined ? [] : [quoted(document)]), ...options, ...flags];
  return `npx @image-variations/codegen ${words.join(" ")}`;
}

/** Brings every folder up to date, or says what is not. @returns The files that were read. */
async function runJob({ outputs, folder, command }: Job, values: Values): Promise<readonly string[]> {
  const dryRun = values.check === true || values["dry-run"] === true;
  const sources: string[] = [];
  for (const output of outputs) {
    const options = { ...output, folder, command, dryRun, force: values.force === true };
    const { changed, warnings, withoutValidator, sources: read } = await writeApi(options);
    sources.push(...read);
    for (const warning of warnings) console.error(`Warning: ${warning}`);
    if (withoutValidator.length > 0) console.error(describeUnvalidated(withoutValidator, values.verbose === true));
    const files = changed.map((file) => `${output.out}/${file}`);
    if (files.length === 0) console.log(`${output.out} is up to date.`);
    else if (values.check === true) {
      console.log(`Out of date: ${files.join(", ")}. Run: ${command}`);
      process.exitCode = 1;
    } else console.log(`${dryRun ? "Would write" : "Wrote"} ${files.join(", ")}.`);
  }
  return sources;
}

/** Why operations have no validator. Most documents have many, for the same few reasons. */
function describeUnvalidated(sentences: readonly string[], isVerbose: boolean): string {
  if (isVerbose) return sentences.join("\n");
  const count = sentences.length === 1 ? "1 operation has" : `${sentences.length} operations have`;
  return `${count} no validator, because its tables know text, numbers, truth values and files alone; --verbose lists why.`;
}

/** Runs again whenever a file changes that was read. A document that can't be used is told, and waited for. */
async function watchJob(job: Job, values: Values): Promise<void> {
  for (;;) {
    const current =
      job.config === undefined ? job : { ...job, ...readConfig(job.config, relative(process.cwd(), job.config)) };
    let files: readonly string[] = [];
    try {
      files = await runJob(current, values);
    } catch (error) {
      if (!(error instanceof SpecError || error instanceof CommandError)) throw error;
      console.error(error.message);
    }
    const named = current.outputs.flatMap(({ document, overlays = [] }) => [
      ...(document ? [document] : []),
      ...overlays,
    ]);
    const all = [...files, ...named.map((file) => resolve(current.folder, file)), ...(job.config ? [job.config] : [])];
    await nextChange([...new Set(all)].filter((file) => existsSync(file)));
  }
}

async function nextChange(files: readonly string[]): Promise<void> {
  if (files.length === 0) throw new CommandError("Only files can be watched, and none was read.");
  await new Promise<void>((done) => {
    let timer: NodeJS.Timeout | undefined;
    const watchers = files.map((file) =>
      watch(file, () => {
        // An editor writes more than once.
        clearTimeout(timer);
        timer = setTimeout(() => {
          for (const watcher of watchers) watcher.close();
          done();
        }, 100);
      }),
    );
  });
}
