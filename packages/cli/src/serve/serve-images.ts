import { SettingError } from "@image-variations/server";
import { serveFromEnvironment, type RunningServer } from "@image-variations/server/node";
import { checkBackendName, createBackend } from "../backend/backends.ts";
import { readBackendOptions } from "../backend/backend-options.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { CliError } from "../command-line/cli-error.ts";
import { styled } from "../command-line/style.ts";
import { formatVariables } from "./format-variables.ts";
import type { ServeFlags } from "./serve-flags.ts";

/** The variables of the server that have an option here. */
const variables = {
  port: "IMAGE_VARIATIONS_PORT",
  host: "IMAGE_VARIATIONS_HOST",
  apiKey: "IMAGE_VARIATIONS_API_KEYS",
  store: "IMAGE_VARIATIONS_STORE",
  storeDirectory: "IMAGE_VARIATIONS_STORE_DIRECTORY",
  logLevel: "IMAGE_VARIATIONS_LOG_LEVEL",
} as const satisfies Readonly<Partial<Record<keyof ServeFlags, string>>>;

/** Variables of this command, which the server does not know. */
const own = ["IMAGE_VARIATIONS_BACKEND", "IMAGE_VARIATIONS_CONFIG"] as const;

/** Serves until it is interrupted. */
export async function serveImages(context: CliContext, flags: ServeFlags): Promise<void> {
  const { signal, stdout, stderr, workingDirectory } = context;
  const environment = environmentOf(flags, context);
  const named = flags.backend ?? environment["IMAGE_VARIATIONS_BACKEND"];
  const backendName = named ? checkBackendName(named, "IMAGE_VARIATIONS_BACKEND") : "engine";
  const backend = await createBackend(
    backendName,
    await readBackendOptions(flags.backendOption ?? [], workingDirectory),
  );
  signal.throwIfAborted();
  await using server = await start(
    async () => serveFromEnvironment({ backend, environment, others: own }),
    environment,
  );
  const keys = (environment[variables.apiKey] ?? "").split(",").filter(Boolean);
  stdout.write(`${formatVariables(server.url, keys)}\n`);
  const access = keys.length > 0 ? "It needs a key." : "It needs no key, but the SDKs do: any text.";
  stderr.write(`\n${styled(stderr, "green", "Serving")} with ${backendName}. ${access} Ctrl-C stops it.\n`);
  await stdout.drained();
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  stderr.write("Stopping: requests that are there may end. Ctrl-C again does not wait.\n");
}

/** The environment with the options in it: they outweigh its variables. */
function environmentOf(flags: ServeFlags, { environment }: CliContext): Record<string, string | undefined> {
  const given = Object.entries(variables).flatMap(([flag, variable]): [string, string][] => {
    const value = flags[flag as keyof typeof variables];
    return value === undefined ? [] : [[variable, String(value)]];
  });
  // What is printed here says where it listens; a log of every request is for those who ask for it.
  return { [variables.logLevel]: "error", ...environment, ...Object.fromEntries(given) };
}

async function start(
  serve: () => Promise<RunningServer>,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<RunningServer> {
  try {
    return await serve();
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const port = environment[variables.port] || "8080";
    const host = environment[variables.host] || "127.0.0.1";
    if (code === "EADDRINUSE") {
      throw new CliError(`Port ${port} on ${host} is in use.`, {
        fix: "Pass another as --port; 0 takes a free one.",
        cause,
      });
    }
    if (code === "EACCES") {
      throw new CliError(`Port ${port} is only for the administrator of this machine.`, {
        fix: "Pass one from 1024 on as --port.",
        cause,
      });
    }
    if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND") {
      throw new CliError(`${host} is not an address of this machine.`, {
        exit: "usage",
        fix: "Pass one as --host.",
        cause,
      });
    }
    if (!(cause instanceof SettingError) && !(cause instanceof TypeError)) throw cause;
    throw new CliError(inOptions(cause.message), { exit: "usage", cause });
  }
}

/** A message of the server in the words of this command. */
function inOptions(message: string): string {
  return message
    .replace(
      "Pass apiKeys to createHandler, listen on 127.0.0.1, or pass allowUnauthenticated: true",
      "Pass --api-key, leave --host out, or set IMAGE_VARIATIONS_ALLOW_UNAUTHENTICATED=true",
    )
    .replace("needs storeDirectory.", "needs --store-directory.");
}
