import { SettingError } from "@image-variations/server";
import { suggestValue } from "@image-variations/validation";
import { CliError } from "../command-line/cli-error.ts";
import { toKebabCase } from "../command-line/format-help.ts";

/** The environment with the options in it, and what the options are called. */
export interface ServerEnvironment {
  readonly values: Readonly<Record<string, string | undefined>>;
  /** A message of the server in the words of the command: what was given as an option is called by its name. */
  inOptions(message: string): string;
}

/** Variables that have an option in each command that serves. */
const common = {
  queue: "IMAGE_VARIATIONS_REDIS",
  store: "IMAGE_VARIATIONS_STORE",
  storeDirectory: "IMAGE_VARIATIONS_STORE_DIRECTORY",
  logLevel: "IMAGE_VARIATIONS_LOG_LEVEL",
} as const;

/** Variables of the command line alone. */
export const ownVariables: readonly string[] = ["IMAGE_VARIATIONS_CONFIG"];

/**
 * Puts options into an environment: they outweigh its variables.
 *
 * @param variables The variables of options that this command alone has.
 * @throws CliError for a queue or a store that can't be one.
 */
export function toServerEnvironment(
  flags: object,
  environment: Readonly<Record<string, string | undefined>>,
  variables: Readonly<Record<string, string>>,
): ServerEnvironment {
  const given = Object.entries({ ...common, ...variables }).flatMap(([flag, variable]) => {
    const value = (flags as Readonly<Record<string, unknown>>)[flag];
    return value === undefined ? [] : [{ option: `--${toKebabCase(flag)}`, variable, text: String(value) }];
  });
  const options = Object.fromEntries(given.map(({ variable, text }) => [variable, text]));
  // What is printed says where it serves; a log of every request is for those who ask for it.
  const values: ServerEnvironment["values"] = { [common.logLevel]: "error", ...environment, ...options };
  const nameOf = (variable: string): string => given.find((one) => one.variable === variable)?.option ?? variable;
  const queue = values[common.queue];
  if (queue) checkQueue(queue, nameOf(common.queue));
  const store = values[common.store];
  if (store) checkStore(store, nameOf(common.store));
  return {
    values,
    inOptions: (message) =>
      given
        .reduce((text, { option, variable }) => text.replaceAll(new RegExp(`\\b${variable}\\b`, "g"), option), message)
        .replace("needs IMAGE_VARIATIONS_STORE_DIRECTORY.", "needs --store-directory."),
  };
}

/** The queue and the store, if there is a queue. */
export interface SharedQueue {
  /** Without a password. */
  readonly shownUrl: string;
  readonly name: string;
}

/**
 * The queue of an environment, which needs a store that all share.
 *
 * @throws CliError if the store is that of one process.
 */
export function queueOf({ values }: ServerEnvironment): SharedQueue | undefined {
  const url = URL.parse(values[common.queue] ?? "");
  if (!url) return undefined;
  if ((values[common.store] || "memory") === "memory") {
    throw new CliError("A queue needs a store that servers and workers share, and memory is one process's own.", {
      exit: "usage",
      fix: "Pass --store s3://bucket to all of them, or on one machine --store directory --store-directory DIR.",
    });
  }
  const name = values["IMAGE_VARIATIONS_QUEUE_NAME"] || "image-variations";
  return { shownUrl: `${url.protocol}//${url.host}${url.pathname}`, name };
}

/** @throws CliError without the value, which may have a password. */
function checkQueue(text: string, source: string): void {
  const scheme = /^([\w+.-]*):\/\//.exec(text)?.[1]?.toLowerCase();
  const url = URL.parse(text);
  if (url?.hostname && (scheme === "redis" || scheme === "rediss")) return;
  const near = scheme === undefined ? undefined : schemeNear(scheme);
  throw new CliError(`${source} must be the URL of a Redis or Valkey, such as redis://127.0.0.1:6379.`, {
    exit: "usage",
    ...(near && near !== scheme && { fix: `Did you mean ${near}://…?` }),
  });
}

/** A Valkey speaks Redis's protocol, and its URL says so. */
function schemeNear(scheme: string): string | undefined {
  if (/^valkeys?$/.test(scheme)) return scheme.replace("valkey", "redis");
  return suggestValue(scheme, [scheme.endsWith("ss") ? "rediss" : "redis"]);
}

const stores = ["memory", "directory", "s3"] as const;

/** @throws CliError without the value, which may have a key. */
function checkStore(text: string, source: string): void {
  if (text.startsWith("s3://") || stores.some((store) => store === text)) return;
  const [, scheme] = /^([\w+.-]+):/.exec(text) ?? [];
  const near = scheme === undefined ? suggestValue(text, stores) : /^s3?\w?$/i.test(scheme) ? "s3://…" : undefined;
  const got = scheme === undefined ? JSON.stringify(text) : `a URL with ${scheme}:`;
  throw new CliError(`${source} must be one of ${stores.join(", ")}, s3://bucket; got ${got}.`, {
    exit: "usage",
    ...(near && { fix: `Did you mean ${near}?` }),
  });
}

/** An error of the server as one of the command line, if it is about settings; or the same. */
export function toUsageError(cause: unknown, environment: ServerEnvironment): unknown {
  if (cause instanceof SettingError || cause instanceof TypeError) {
    return new CliError(environment.inOptions(cause.message), { exit: "usage", cause });
  }
  const { code, message } = cause as NodeJS.ErrnoException;
  const [, name] = /Cannot find package '(bullmq|ioredis|rate-limiter-flexible)'/.exec(message) ?? [];
  if (code !== "ERR_MODULE_NOT_FOUND" || name === undefined) return cause;
  return new CliError(`The queue needs the package ${name}, which is not installed beside this command.`, {
    fix: "Install image-variations again, with all of its dependencies.",
    cause,
  });
}
