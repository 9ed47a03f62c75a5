import { workFromEnvironment } from "@image-variations/server/node";
import type { RunningWorker } from "@image-variations/server/queue";
import { backendVariables, openBackend } from "../backend/open-backend.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import { CliError } from "../command-line/cli-error.ts";
import { styled } from "../command-line/style.ts";
import { untilInterrupted } from "../command-line/until-interrupted.ts";
import {
  ownVariables,
  queueOf,
  toServerEnvironment,
  toUsageError,
  type SharedQueue,
} from "../settings/server-environment.ts";
import type { WorkerFlags } from "./worker-flags.ts";

/** The variables of the worker that have an option here alone. */
const variables = { concurrency: "IMAGE_VARIATIONS_CONCURRENCY" } as const;

/** After this time, in milliseconds, it says that it waits. */
const silence = 1_000;

/** Serves the queue until it is interrupted. */
export async function work(context: CliContext, flags: WorkerFlags): Promise<void> {
  const { signal, stderr } = context;
  const environment = toServerEnvironment(flags, context.environment, variables);
  const queue = queueOf(environment);
  if (!queue) {
    throw new CliError("A worker needs the queue of its servers.", {
      exit: "usage",
      fix: "Pass --queue redis://HOST:6379, or set IMAGE_VARIATIONS_REDIS, which `ps` does not show.",
    });
  }
  const { name, backend } = await openBackend(flags, context);
  signal.throwIfAborted();
  const others = [...ownVariables, ...backendVariables];
  const starting = workFromEnvironment({ backend, signal, environment: environment.values, others });
  const worker = await announce(starting, queue, context).catch((cause: unknown) => {
    throw toUsageError(cause, environment);
  });
  const served = `the queue ${queue.name} at ${queue.shownUrl}`;
  stderr.write(`${styled(stderr, "green", "Serving")} ${served} with ${name}. Ctrl-C stops it.\n`);
  await untilInterrupted(signal);
  stderr.write("Stopping: jobs that are there may end, the rest goes to other workers. Ctrl-C again does not wait.\n");
  await worker.close();
}

/** A worker waits for a Redis that is not there yet, and should not do so without a word. */
async function announce(
  starting: Promise<RunningWorker>,
  { shownUrl }: SharedQueue,
  { stderr }: CliContext,
): Promise<RunningWorker> {
  const timer = setTimeout(() => stderr.write(`Waiting for ${shownUrl} …\n`), silence);
  try {
    return await starting;
  } finally {
    clearTimeout(timer);
  }
}
