import { resolve } from "node:path";
import { suggestValue } from "@image-variations/validation";
import { checkBackendName, type BackendName } from "../backend/backends.ts";
import { readBackendOptions } from "../backend/backend-options.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { CliError } from "../command-line/cli-error.ts";
import { checkServerUrl } from "../settings/check-server-url.ts";
import { readConfig, type Config } from "../settings/config-file.ts";
import { contractDefault } from "../settings/contract-flags.ts";
import { createFlags, type CreateFlags, type OutputFormat } from "./create-flags.ts";

/** What makes the images, and who said so. */
export type Target =
  | { readonly kind: "server"; readonly url: string; readonly apiKey: string | undefined; readonly source: string }
  | {
      readonly kind: "backend";
      readonly name: BackendName;
      readonly options: Readonly<Record<string, unknown>>;
      readonly source: string;
    };

/** The options of `create` with everything filled in. */
export interface CreateOptions {
  readonly target: Target;
  /** The parameters of the contract that are sent. */
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly n: number;
  /** The folder for the files, as it is shown; `-` for stdout. */
  readonly out: string;
  readonly name: string;
  readonly format: OutputFormat;
  readonly force: boolean;
  /** Whether images are made acceptable first. */
  readonly fit: boolean;
  readonly sheet: boolean;
  readonly preview: boolean;
  readonly open: boolean;
  readonly quiet: boolean;
  readonly json: boolean;
  readonly retries: number | undefined;
  /** In milliseconds. */
  readonly timeout: number | undefined;
}

const sent = ["n", "size", "seed", "strength", "prompt", "model", "user"] as const;

/**
 * Fills in what was not typed: the command line comes first, then the environment, then the config file, then the defaults.
 *
 * @throws CliError for a value that is not allowed, and for options that contradict each other.
 */
export async function resolveOptions(flags: CreateFlags, context: CliContext): Promise<CreateOptions> {
  const { environment, workingDirectory } = context;
  const config = await readConfig(
    flags.config ?? (environment["IMAGE_VARIATIONS_CONFIG"] || undefined),
    workingDirectory,
  );
  const configured = config ? await flagsOf(config, context) : {};
  const merged: CreateFlags = { ...configured, ...definedOf(flags) };
  const { out = "variations", name = "{name}-{index}", format = "files" } = merged;
  const n = merged.n ?? Number(contractDefault("n") ?? 1);
  const toStdout = out === "-";
  if (toStdout && n > 1) {
    throw new CliError(`--out - writes one image; got -n ${n}.`, {
      exit: "usage",
      fix: "Name a folder as --out, or leave -n out.",
    });
  }
  const target = await resolveTarget({ flags, configured, config, context });
  if (format === "url" && target.kind === "backend") {
    throw new CliError("--format url needs a server: without one, no image has a URL.", {
      exit: "usage",
      fix: "Pass --server, or leave --format out to save files.",
    });
  }
  const makesFiles = format === "files" && !toStdout;
  return {
    target,
    parameters: Object.fromEntries(
      sent.flatMap((parameter) => {
        const value =
          merged[parameter] ?? (parameter === "n" || parameter === "size" ? contractDefault(parameter) : undefined);
        return value === undefined ? [] : [[parameter, value]];
      }),
    ),
    n,
    out: toStdout ? out : resolve(workingDirectory, out),
    name,
    format,
    force: merged.force ?? false,
    fit: merged.fit ?? false,
    sheet: makesFiles && (merged.sheet ?? true),
    preview: makesFiles && !merged.quiet && !merged.json && (merged.preview ?? true),
    open: makesFiles && (merged.open ?? false),
    quiet: merged.quiet ?? false,
    json: merged.json ?? false,
    retries: merged.retries,
    timeout: merged.timeout === undefined ? undefined : Math.ceil(merged.timeout * 1_000),
  };
}

interface TargetSources {
  readonly flags: CreateFlags;
  readonly configured: CreateFlags;
  readonly config: Config | undefined;
  readonly context: CliContext;
}

/** The first that names a server or a backend decides; if no one does, it is the engine in this process. */
async function resolveTarget({ flags, configured, config, context }: TargetSources): Promise<Target> {
  const { environment, workingDirectory } = context;
  const fromEnvironment = {
    server: environment["OPENAI_BASE_URL"] || undefined,
    backend: environment["IMAGE_VARIATIONS_BACKEND"] || undefined,
  };
  const candidates = [
    { ...flags, names: { server: "--server", backend: "--backend" } },
    { ...fromEnvironment, names: { server: "OPENAI_BASE_URL", backend: "IMAGE_VARIATIONS_BACKEND" } },
    { ...configured, names: { server: `server in ${config?.path}`, backend: `backend in ${config?.path}` } },
  ];
  // Options of a backend, without its name, are the engine's.
  const chosen = candidates.find(
    ({ server, backend, ...others }) =>
      server ?? backend ?? ("backendOption" in others ? others.backendOption : undefined),
  );
  const { server, backend, names } = chosen ?? { server: undefined, backend: undefined, names: undefined };
  if (server !== undefined && backend !== undefined && names) {
    throw new CliError(
      `${names.server} and ${names.backend} contradict each other: a server has a backend of its own.`,
      {
        exit: "usage",
        fix: "Keep one of them.",
      },
    );
  }
  if (server !== undefined && names) {
    const isConfigured = names.server.startsWith("server in");
    // The key of the environment is for servers that the user named, not for those that a file in some folder names.
    const apiKey =
      flags.apiKey ?? (isConfigured ? configured.apiKey : environment["OPENAI_API_KEY"]) ?? configured.apiKey;
    return {
      kind: "server",
      url: checkServerUrl(server, names.server),
      apiKey: apiKey || undefined,
      source: names.server,
    };
  }
  const name = backend === undefined ? "engine" : checkBackendName(backend, names?.backend ?? "--backend");
  const pairs = flags.backendOption ?? configured.backendOption ?? [];
  return {
    kind: "backend",
    name,
    options: await readBackendOptions(pairs, workingDirectory),
    source: backend === undefined ? "no server was given" : (names?.backend ?? ""),
  };
}

/** Options that a config file can't have, because they are about one call. */
const notConfigurable: ReadonlySet<string> = new Set(["config"]);

/** What a config file says, by the rules of the command line. */
async function flagsOf({ path, values }: Config, context: CliContext): Promise<CreateFlags> {
  const known = Object.keys(createFlags).filter((name) => !notConfigurable.has(name));
  const flags: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!known.includes(name)) {
      const near = suggestValue(name, known);
      throw new CliError(`${path} has an option ${JSON.stringify(name)} that does not exist.`, {
        exit: "usage",
        fix: near ? `Did you mean ${near}?` : `The options are ${known.join(", ")}.`,
      });
    }
    flags[name] = await valueOf({ name: name as keyof CreateFlags, value, path, context });
  }
  return flags as CreateFlags;
}

interface Configured {
  readonly name: keyof CreateFlags;
  readonly value: unknown;
  readonly path: string;
  readonly context: CliContext;
}

async function valueOf({ name, value, path, context }: Configured): Promise<unknown> {
  const declared = createFlags[name] as {
    readonly kind: string;
    readonly values?: readonly string[];
    readonly parse?: (this: CliContext, text: string) => unknown;
  };
  const wrong = (rule: string): CliError =>
    new CliError(`${name} in ${path} ${rule}`, { exit: "usage", fix: `Change it in ${path}.` });
  const got = `; got ${JSON.stringify(value)}.`;
  if (name === "backendOption") {
    if (typeof value !== "object" || value === null || Array.isArray(value))
      throw wrong(`must be an object of options${got}`);
    return Object.entries(value).map(
      ([option, setting]) => `${option}=${typeof setting === "string" ? setting : JSON.stringify(setting)}`,
    );
  }
  if (declared.kind === "boolean") {
    if (typeof value !== "boolean") throw wrong(`must be true or false${got}`);
    return value;
  }
  if (typeof value !== "string" && typeof value !== "number") throw wrong(`must be a string or a number${got}`);
  if (declared.values) {
    if (!declared.values.includes(String(value))) throw wrong(`must be one of ${declared.values.join(", ")}${got}`);
    return value;
  }
  try {
    return declared.parse ? await declared.parse.call(context, String(value)) : value;
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function definedOf(flags: CreateFlags): CreateFlags {
  return Object.fromEntries(Object.entries(flags).filter(([, value]) => value !== undefined));
}
