import { counter, drawAll, type ImitationHandler, type ImitationOptions } from "./imitation.ts";

export interface ComfyUIImitationOptions extends ImitationOptions {
  /** How often a job is asked for before it is done. @default 2 */
  readonly polls?: number;
  /** What becomes of a job. @default "completed" */
  readonly outcome?: "completed" | "failed" | "lost" | "never";
  /** Whether there is `/api/jobs`, which versions before 2026 lack. @default true */
  readonly hasJobs?: boolean;
  /** Whether it chooses the ids of jobs itself, as older versions do. @default false */
  readonly ownIds?: boolean;
  /** @default one */
  readonly checkpoints?: readonly string[];
  /** Newer versions say COMBO and list the choices behind it. */
  readonly saysCombo?: boolean;
}

const defaultCheckpoints = ["model.safetensors"];

interface Job {
  polls: number;
  readonly images: readonly Uint8Array[];
  isCancelled: boolean;
}

interface Node {
  readonly class_type?: string;
  readonly inputs?: Readonly<Record<string, unknown>>;
}

/** ComfyUI: uploads, a queue of jobs, its history and its files. It has no authentication; `key` is that of a proxy before it. */
export function imitateComfyUI(options: ComfyUIImitationOptions = {}): ImitationHandler {
  const { key } = options;
  const server = new ComfyUI(options);
  return (request) => {
    if (key === undefined || request.headers.get("authorization") === `Bearer ${key}`) return server.respond(request);
    return new Response("<html><head><title>401 Authorization Required</title></head></html>", {
      status: 401,
      headers: { "content-type": "text/html" },
    });
  };
}

class ComfyUI {
  readonly #options: ComfyUIImitationOptions;
  readonly #next = counter();
  readonly #uploads = new Map<string, File>();
  readonly #jobs = new Map<string, Job>();
  readonly #files = new Map<string, Uint8Array>();

  constructor(options: ComfyUIImitationOptions) {
    this.#options = options;
  }

  async respond(request: Request): Promise<Response> {
    const { pathname, searchParams } = new URL(request.url);
    const routes: readonly (readonly [path: RegExp, respond: (id: string) => Response | Promise<Response>])[] = [
      [/^\/prompt$/, () => this.#prompt(request)],
      [/^\/upload\/image$/, () => this.#upload(request)],
      [/^\/object_info\/CheckpointLoaderSimple$/, () => this.#checkpointInfo()],
      [/^\/api\/jobs\/([^/]+)$/, (id) => this.#job(id)],
      [/^\/api\/jobs\/([^/]+)\/cancel$/, (id) => this.#cancel(id)],
      [/^\/history\/(.+)$/, (id) => this.#history(id)],
      [/^\/queue$/, () => (request.method === "GET" ? this.#queue() : new Response(null, { status: 200 }))],
      [/^\/interrupt$/, () => new Response(null, { status: 200 })],
      [/^\/view$/, () => this.#view(searchParams.get("filename") ?? "")],
    ];
    for (const [path, respond] of routes) {
      const match = path.exec(pathname);
      if (match) return respond(match[1] ?? "");
    }
    return notFound();
  }

  async #prompt(request: Request): Promise<Response> {
    const { draw = drawAll, instead, ownIds = false, checkpoints = defaultCheckpoints } = this.#options;
    const attempt = this.#next();
    const other = await instead?.(request, attempt);
    if (other) return other;
    const { prompt, prompt_id: given } = (await request.json()) as {
      prompt: Readonly<Record<string, Node>>;
      prompt_id?: string;
    };
    const id = ownIds || given === undefined ? crypto.randomUUID() : given;
    const wrong = validate(prompt, this.#uploads, checkpoints);
    if (wrong) return wrong;
    const nodes = Object.values(prompt);
    const sampler = nodes.find(({ class_type: type }) => type?.startsWith("KSampler"));
    const count = Number(nodes.find(({ class_type: type }) => type === "RepeatLatentBatch")?.inputs?.["amount"] ?? 1);
    const images = await draw({ count, width: 512, height: 512, seed: Number(sampler?.inputs?.["seed"]), attempt });
    for (const [index, bytes] of images.entries()) this.#files.set(`${id}_${index}.png`, bytes);
    this.#jobs.set(id, { polls: 0, images, isCancelled: false });
    return Response.json({ prompt_id: id, number: attempt, node_errors: {} });
  }

  async #upload(request: Request): Promise<Response> {
    const form = await request.formData();
    const image = form.get("image");
    if (!(image instanceof File) || form.get("type") !== "input") return new Response(null, { status: 400 });
    this.#uploads.set(image.name, image);
    return Response.json({ name: image.name, subfolder: "", type: "input" });
  }

  #checkpointInfo(): Response {
    const { checkpoints = defaultCheckpoints, saysCombo = false } = this.#options;
    const choices = saysCombo ? ["COMBO", { options: checkpoints }] : [checkpoints];
    return Response.json({ CheckpointLoaderSimple: { input: { required: { ckpt_name: choices } } } });
  }

  /** A job of `/api/jobs`, unless this version has no such path. */
  #present(id: string): Job | undefined {
    const { hasJobs = true, outcome } = this.#options;
    return hasJobs && outcome !== "lost" ? this.#jobs.get(id) : undefined;
  }

  #cancel(id: string): Response {
    const job = this.#present(id);
    if (!job) return notFound();
    job.isCancelled = true;
    return Response.json({});
  }

  #job(id: string): Response {
    const job = this.#present(id);
    if (!job) return notFound();
    job.polls += 1;
    const hasFailed = this.#options.outcome === "failed" || job.isCancelled;
    if (this.#isDone(job)) return Response.json({ id, status: hasFailed ? "failed" : "completed" });
    return Response.json({ id, status: job.polls > 1 ? "in_progress" : "pending" });
  }

  #history(id: string): Response {
    const { hasJobs = true, outcome } = this.#options;
    const job = this.#jobs.get(id);
    if (job && !hasJobs) job.polls += 1;
    // Empty until it is done, and empty if it is unknown.
    if (!job || outcome === "lost" || !this.#isDone(job)) return Response.json({});
    if (outcome === "failed" || job.isCancelled) return Response.json({ [id]: failedEntry(job.isCancelled) });
    const images = job.images.map((_, index) => ({ filename: `${id}_${index}.png`, subfolder: "", type: "output" }));
    const preview = { filename: "preview.png", subfolder: "", type: "temp" };
    const outputs = { "8": { images: images.length > 0 ? [preview] : [] }, "9": { images } };
    return Response.json({ [id]: { outputs, status: { status_str: "success", completed: true, messages: [] } } });
  }

  #queue(): Response {
    const waiting = this.#options.outcome === "lost" ? [] : [...this.#jobs].filter(([, job]) => !this.#isDone(job));
    return Response.json({ queue_running: waiting.map(([id]) => [1, id, {}, {}, []]), queue_pending: [] });
  }

  #view(name: string): Response {
    const bytes = this.#files.get(name);
    return bytes ? new Response(new Uint8Array(bytes), { headers: { "content-type": "image/png" } }) : notFound();
  }

  #isDone(job: Job): boolean {
    const { polls = 2, outcome } = this.#options;
    return outcome !== "never" && (job.isCancelled || job.polls > polls);
  }
}

function notFound(): Response {
  return Response.json({ error: "Not Found" }, { status: 404 });
}

function validate(
  prompt: Readonly<Record<string, Node>>,
  uploads: ReadonlyMap<string, File>,
  checkpoints: readonly string[],
): Response | undefined {
  const nodeErrors: Record<string, unknown> = {};
  const report = (id: string, node: Node, message: string, details: string): void => {
    nodeErrors[id] = { errors: [{ type: "value_not_in_list", message, details }], class_type: node.class_type };
  };
  for (const [id, node] of Object.entries(prompt)) {
    const { class_type: type, inputs = {} } = node;
    const { image, ckpt_name: checkpoint, seed, denoise } = inputs;
    if (type === "LoadImage" && !uploads.has(String(image))) {
      report(id, node, "Custom validation failed for node", `image - Invalid image file: ${String(image)}`);
    }
    if (type === "CheckpointLoaderSimple" && !checkpoints.includes(String(checkpoint))) {
      report(id, node, "Value not in list", `ckpt_name: '${String(checkpoint)}' not in ${JSON.stringify(checkpoints)}`);
    }
    if (type === "KSampler" && (typeof seed !== "number" || typeof denoise !== "number")) {
      report(id, node, "Failed to convert an input value to a INT value", `seed, ${String(seed)}`);
    }
  }
  if (Object.keys(nodeErrors).length === 0) return undefined;
  const error = {
    type: "prompt_outputs_failed_validation",
    message: "Prompt outputs failed validation",
    details: "",
    extra_info: {},
  };
  return Response.json({ error, node_errors: nodeErrors }, { status: 400 });
}

function failedEntry(isCancelled: boolean): object {
  const event = isCancelled
    ? ["execution_interrupted", { node_id: "7", node_type: "KSampler" }]
    : [
        "execution_error",
        {
          node_id: "7",
          node_type: "KSampler",
          exception_type: "torch.OutOfMemoryError",
          exception_message: "Allocation on device\n",
        },
      ];
  return { outputs: {}, status: { status_str: "error", completed: false, messages: [["execution_start", {}], event] } };
}
