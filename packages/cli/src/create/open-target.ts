import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import type { Backend, BackendProgress } from "@image-variations/backends";
import { ImageVariations, type ClientOptions, type Transport } from "@image-variations/client";
import { createBackend } from "../backend/backends.ts";
import type { CliContext } from "../command-line/cli-context.ts";
import type { CreateOptions } from "./resolve-options.ts";

/** What is told while a request is under way. */
export interface RequestProgress {
  onUpload(sent: number, total: number): void;
  /** The request is out. */
  onSent(): void;
  onMaking(done: number): void;
  onRetry(reason: string): void;
}

/** What makes the images: a client, and what is behind it. */
export interface OpenTarget extends AsyncDisposable {
  readonly client: ImageVariations;
  /** How errors call it: its URL, or the name of the backend. */
  readonly label: string;
  /** Which of the options have no effect on this backend; of a server, that can't be said. */
  readonly ignored: readonly string[];
  /** Who is told of the request that is sent next. */
  progress: RequestProgress | undefined;
  /** What went wrong behind the handler in this process, of which a client is told little. */
  readonly hiddenFailure: unknown;
}

/**
 * Makes the client: of a server, or of the handler of this project in this process, under the client's `fetch`.
 *
 * @throws CliError for an option of the backend that is not valid.
 */
export async function openTarget(options: CreateOptions, context: CliContext): Promise<OpenTarget> {
  const { target, timeout } = options;
  const opened: Opened = { progress: undefined, hiddenFailure: undefined };
  const common: ClientOptions = {
    organization: null,
    project: null,
    logLevel: "info",
    logger: loggerOf((reason) => opened.progress?.onRetry(reason)),
    ...(timeout !== undefined && { timeout }),
  };
  return target.kind === "server"
    ? await openServer(opened, { target, options, common })
    : await openBackend(opened, { target, options, common, signal: context.signal });
}

/** What changes while a target is in use. */
interface Opened {
  progress: RequestProgress | undefined;
  hiddenFailure: unknown;
}

/** What a target is opened with. */
interface Opening<Kind extends CreateOptions["target"]["kind"]> {
  readonly target: Extract<CreateOptions["target"], { readonly kind: Kind }>;
  readonly options: CreateOptions;
  /** The options of the client that do not depend on the target. */
  readonly common: ClientOptions;
}

async function openServer(
  opened: Opened,
  { target, options: { retries }, common }: Opening<"server">,
): Promise<OpenTarget> {
  const { nodeTransport } = await import("@image-variations/client/node");
  const transport = nodeTransport();
  const client = new ImageVariations({
    ...common,
    baseURL: target.url,
    // A server without keys ignores it, and the client needs one.
    apiKey: target.apiKey ?? "none",
    transport: withUploadProgress(transport, () => opened.progress),
    ...(retries !== undefined && { maxRetries: retries }),
  });
  return Object.assign(opened, {
    client,
    label: target.url,
    ignored: [],
    async [Symbol.asyncDispose]() {
      transport.close();
    },
  });
}

/** The handler of this project in this process, under the client's `fetch`. */
async function openBackend(
  opened: Opened,
  { target, options, common, signal }: Opening<"backend"> & { readonly signal: AbortSignal },
): Promise<OpenTarget> {
  const { createHandler } = await import("@image-variations/server");
  const backend = await createBackend(target.name, target.options);
  const handler = createHandler({
    backend: withProgress(backend, ({ done }) => opened.progress?.onMaking(done)),
    // Their limits are for strangers; here one user waits for one request.
    requestTimeout: 86_400_000,
    logger: {
      debug() {},
      info() {},
      warn() {},
      error: (facts) => void (opened.hiddenFailure = (facts as { err?: unknown }).err),
    },
  });
  const client = new ImageVariations({
    ...common,
    baseURL: "http://localhost/v1",
    apiKey: "none",
    maxRetries: options.retries ?? 0,
    fetch: (url, init) => {
      opened.progress?.onMaking(0);
      return handler(url, init);
    },
  });
  signal.addEventListener("abort", () => void handler.close(0).catch(() => {}), { once: true });
  return Object.assign(opened, {
    client,
    label: `The backend ${target.name}`,
    ignored: ignoredBy(backend, options),
    [Symbol.asyncDispose]: () => handler.close(0),
  });
}

/** Parameters that a backend can't follow, by the options that give them. */
function ignoredBy({ capabilities = {} }: Backend, { parameters }: CreateOptions): readonly string[] {
  const controls = ["seed", "strength", "prompt"] as const;
  return controls.filter((name) => parameters[name] !== undefined && !capabilities[name]).map((name) => `--${name}`);
}

function withProgress(backend: Backend, onProgress: (progress: BackendProgress) => void): Backend {
  return {
    name: backend.name,
    capabilities: backend.capabilities ?? {},
    createVariations: (request) => backend.createVariations({ ...request, onProgress }),
    close: async () => backend.close?.(),
  };
}

/** The client tells of retries in its log alone. */
function loggerOf(onRetry: (reason: string) => void): NonNullable<ClientOptions["logger"]> {
  const ignore = (): void => {};
  return {
    debug: ignore,
    info: (line) => {
      if (line.startsWith("Retry "))
        onRetry(line.replace(/^Retry (\d+ of \d+) in (\d+) ms: /, "attempt $1, in $2 ms: "));
    },
    warn: ignore,
    error: ignore,
  };
}

/** How often the upload is looked at, in milliseconds. */
const uploadInterval = 100;

/** Node's own channel for requests that are opened. */
const requestCreated = "http.client.request.created";

/** A transport that tells what of a body has really left this process. */
function withUploadProgress(next: Transport, progressOf: () => RequestProgress | undefined): Transport {
  return (message) => {
    const progress = progressOf();
    const total = message.body?.length ?? 0;
    if (total === 0 || !progress) return next(message);
    progress.onUpload(0, total);
    // Node opens the request before it returns, so that it is this one and no other.
    const onCreated = (event: unknown): void =>
      watchUpload((event as { readonly request: ClientRequest }).request, total, progress);
    subscribe(requestCreated, onCreated);
    try {
      return next(message);
    } finally {
      unsubscribe(requestCreated, onCreated);
    }
  };
}

function watchUpload(request: ClientRequest, total: number, progress: RequestProgress): void {
  // A connection is used for one request after the other, and counts the bytes of all of them.
  let before = 0;
  request.once("socket", (socket) => (before = socket.bytesWritten));
  const timer = setInterval(() => {
    const { socket } = request;
    if (!socket) return;
    const sent = Math.min(Math.max(socket.bytesWritten - socket.writableLength - before, 0), total);
    progress.onUpload(sent, total);
  }, uploadInterval);
  timer.unref();
  request.once("finish", () => {
    clearInterval(timer);
    progress.onSent();
  });
  request.once("close", () => clearInterval(timer));
}
