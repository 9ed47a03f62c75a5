import { BackendError } from "../backend-error.ts";
import type { Target } from "../http/create-target.ts";
import { withDeadline } from "../http/with-deadline.ts";
import { isRecord } from "../options/checks.ts";
import type { ComfyUIWorkflow } from "./fill-workflow.ts";

/** A file that a job has made. */
export interface JobImage {
  readonly filename: string;
  readonly subfolder: string;
  readonly type: string;
}

export interface JobOptions {
  readonly outputNode: string | undefined;
  /** Milliseconds. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  /** Watches the job until the returned function is called. */
  readonly watch?: ((clientId: string) => () => void) | undefined;
}

/** How often the job may be unknown before it counts as lost: it is not listed in the instant after it was queued. */
const maximumUnknown = 5;

/**
 * Runs a workflow, and waits until it is done. If the signal fires or the time is up, the job is cancelled.
 *
 * @throws BackendError if ComfyUI rejects the workflow, or the job fails, is cancelled or lost.
 */
export async function runJob(target: Target, workflow: ComfyUIWorkflow, options: JobOptions): Promise<JobImage[]> {
  const { signal, timeout, outputNode, watch } = options;
  const id = crypto.randomUUID();
  let job: string = id;
  let isOver = false;
  const unwatch = watch?.(id);
  try {
    const body = { prompt: workflow, client_id: id, prompt_id: id };
    // Never sent twice, because ComfyUI would make both.
    const queued = await target.request({ path: "/prompt", body, signal, maxRetries: 0 });
    const { prompt_id: given } = (queued.json() ?? {}) as { prompt_id?: unknown };
    // Older versions choose it themselves.
    if (typeof given === "string") job = given;
    const message = `${target.label} did not finish the job within ${timeout / 1_000} s. Raise \`jobTimeout\` if it needs longer.`;
    const expired = (): Error => new BackendError(message, { status: 504 });
    const entry = await withDeadline({ milliseconds: timeout, signal, expired }, (inner) =>
      untilDone(target, job, inner),
    );
    isOver = true;
    return imagesOf(entry, outputNode);
  } catch (error) {
    const isKnownEnd = error instanceof BackendError && error.status !== 504;
    if (!isOver && !isKnownEnd) await cancel(target, job);
    throw error;
  } finally {
    unwatch?.();
  }
}

/** The job's entry in the history, as soon as it has one. */
async function untilDone(target: Target, id: string, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>> {
  let unknown = 0;
  for (let delay = 100; ; delay = Math.min(delay * 1.5, 1_000)) {
    await pause(delay, signal);
    const job = await target.request({ path: `/api/jobs/${id}`, signal, expects: [404] });
    const state = job.status === 404 ? undefined : (job.json() as Readonly<Record<string, unknown>> | null);
    const status = state?.["status"];
    if (status === "pending" || status === "in_progress") {
      unknown = 0;
      continue;
    }
    // Empty both before the job is done and if it is unknown.
    const history = (await target.request({ path: `/history/${id}`, signal })).json();
    const entry = isRecord(history) ? history[id] : undefined;
    if (isRecord(entry)) {
      throwIfFailed(target, entry, state);
      return entry;
    }
    if (status === "failed" || status === "cancelled") throwIfFailed(target, {}, state);
    unknown += 1;
    // Older versions have no /api/jobs, but a queue.
    if (unknown >= maximumUnknown && !(await isQueued(target, id, signal))) {
      throw target.errors.unexpected("the job is neither in the queue nor in the history. It may have been restarted.");
    }
  }
}

async function isQueued(target: Target, id: string, signal: AbortSignal): Promise<boolean> {
  const queue = (await target.request({ path: "/queue", signal })).json();
  return JSON.stringify(queue).includes(id);
}

function throwIfFailed(
  target: Target,
  { status }: Readonly<Record<string, unknown>>,
  job: Readonly<Record<string, unknown>> | null | undefined,
): void {
  const { status_str: word, messages } = isRecord(status) ? status : { status_str: undefined, messages: undefined };
  if (word !== "error" && job?.["status"] !== "failed" && job?.["status"] !== "cancelled") return;
  const events = Array.isArray(messages) ? (messages as unknown[]) : [];
  const details = [
    ...events.flatMap((event) => (Array.isArray(event) ? (event as unknown[]) : [])),
    job?.["execution_error"],
  ]
    .filter(isRecord)
    .find((event) => typeof event["exception_message"] === "string");
  const reason = details
    ? `node ${String(details["node_id"])} (${String(details["node_type"])}): ${String(details["exception_message"]).trim().slice(0, 500)}`
    : "ComfyUI's log has the reason.";
  const isCancelled =
    job?.["status"] === "cancelled" ||
    events.some((event) => Array.isArray(event) && event[0] === "execution_interrupted");
  throw target.errors.unexpected(isCancelled ? "the job was cancelled there." : `the job failed. ${reason}`);
}

/** What was saved; previews only if nothing was. */
function imagesOf({ outputs }: Readonly<Record<string, unknown>>, outputNode: string | undefined): JobImage[] {
  const nodes = Object.entries(isRecord(outputs) ? outputs : {});
  const images = nodes
    .filter(([id]) => outputNode === undefined || id === outputNode)
    .flatMap(([, output]) =>
      isRecord(output) && Array.isArray(output["images"]) ? (output["images"] as unknown[]) : [],
    )
    .filter(isRecord)
    .filter(({ filename }) => typeof filename === "string")
    .map(({ filename, subfolder, type }) => ({
      filename: String(filename),
      subfolder: typeof subfolder === "string" ? subfolder : "",
      type: typeof type === "string" ? type : "output",
    }));
  const saved = images.filter(({ type }) => type === "output");
  return saved.length > 0 ? saved : images;
}

async function cancel(target: Target, id: string): Promise<void> {
  const post = async (path: string, body: object): Promise<number> => {
    const request = { path, body, maxRetries: 0, timeout: 5_000, expects: [404, 405] } as const;
    // The caller has left, so a failure is not reported.
    return target.request(request).then(
      ({ status }) => status,
      () => 0,
    );
  };
  const status = await post(`/api/jobs/${id}/cancel`, {});
  if (status !== 404 && status !== 405) return;
  await post("/queue", { delete: [id] });
  await post("/interrupt", { prompt_id: id });
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error);
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resolve();
    }, milliseconds);
    signal.addEventListener("abort", end, { once: true });
  });
}
