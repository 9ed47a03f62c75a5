import { serveFromEnvironment, type RunningServer } from "@image-variations/server/node";
import { backendVariables, namesBackend, openBackend, type OpenedBackend } from "../backend/open-backend.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { CliError } from "../command-line/cli-error.ts";
import { styled } from "../command-line/style.ts";
import { untilInterrupted } from "../command-line/until-interrupted.ts";
import {
  ownVariables,
  queueOf,
  toServerEnvironment,
  toUsageError,
  type ServerEnvironment,
} from "../settings/server-environment.ts";
import { formatVariables } from "./format-variables.ts";
import type { ServeFlags } from "./serve-flags.ts";

/** The variables of the server that have an option here alone. */
const variables = {
  port: "IMAGE_VARIATIONS_PORT",
  host: "IMAGE_VARIATIONS_HOST",
  apiKey: "IMAGE_VARIATIONS_API_KEYS",
} as const;

/** Serves until it is interrupted. */
export async function serveImages(context: CliContext, flags: ServeFlags): Promise<void> {
  const { signal, stdout, stderr } = context;
  const environment = toServerEnvironment(flags, context.environment, variables);
  const maker = await openMaker(flags, environment, context);
  signal.throwIfAborted();
  await using server = await start(environment, maker);
  const keys = (environment.values[variables.apiKey] ?? "").split(",").filter(Boolean);
  stdout.write(`${formatVariables(server.url, keys)}\n`);
  const access = keys.length > 0 ? "It needs a key." : "It needs no key, but the SDKs do: any text.";
  stderr.write(`\n${styled(stderr, "green", "Serving")} with ${maker.name}. ${access} Ctrl-C stops it.\n`);
  await stdout.drained();
  await untilInterrupted(signal);
  stderr.write("Stopping: requests that are there may end. Ctrl-C again does not wait.\n");
}

/** What makes the images: a backend in this process, or workers that serve a queue. */
type Maker = { readonly name: string } & Partial<Pick<OpenedBackend, "backend">>;

/** @throws CliError if the command line asks for both. */
async function openMaker(flags: ServeFlags, environment: ServerEnvironment, context: CliContext): Promise<Maker> {
  const asksForBackend = flags.backend !== undefined || (flags.backendOption ?? []).length > 0;
  if (flags.queue !== undefined && asksForBackend) {
    throw new CliError("With --queue, workers make the images: a backend is theirs.", {
      exit: "usage",
      fix: "Pass --backend and its options to image-variations worker, and leave them out here.",
    });
  }
  // Where the environment has both, requests are only counted in Redis.
  if (flags.queue === undefined && (asksForBackend || namesBackend(flags, context.environment))) {
    return openBackend(flags, context);
  }
  const queue = queueOf(environment);
  if (!queue) return openBackend(flags, context);
  return { name: `the workers of the queue ${queue.name} at ${queue.shownUrl}` };
}

async function start(environment: ServerEnvironment, { backend }: Maker): Promise<RunningServer> {
  const { values } = environment;
  const others = [...ownVariables, ...backendVariables];
  try {
    return await serveFromEnvironment({ ...(backend && { backend }), environment: values, others });
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    const port = values[variables.port] || "8080";
    const host = values[variables.host] || "127.0.0.1";
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
    throw toUsageError(withoutProgram(cause), environment);
  }
}

/** An error that tells programs what to pass, with what to type instead. */
function withoutProgram(cause: unknown): unknown {
  if (!(cause instanceof Error)) return cause;
  cause.message = cause.message.replace(
    "Pass apiKeys to createHandler, listen on 127.0.0.1, or pass allowUnauthenticated: true",
    "Pass --api-key, leave --host out, or set IMAGE_VARIATIONS_ALLOW_UNAUTHENTICATED=true",
  );
  return cause;
}
