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
  const { key, draw = drawAll, instead, polls = 2, outcome = "completed", hasJobs = true, saysCombo = false } = options;
  const { checkpoints = ["model.safetensors"], ownIds = false } = options;
  const next = counter();
  const uploads = new Map<string, File>();
  const jobs = new Map<string, Job>();
  const files = new Map<string, Uint8Array>();

  const isDone = (job: Job): boolean => outcome !== "never" && (job.isCancelled || job.polls > polls);
  const notFound = (): Response => Response.json({ error: "Not Found" }, { status: 404 });

  const queue = async (request: Request): Promise<Response> => {
    const attempt = next();
    const other = await instead?.(request, attempt);
    if (other) return other;
    const { prompt, prompt_id: given } = (await request.json()) as {
      prompt: Readonly<Record<string, Node>>;
      prompt_id?: string;
    };
    const id = ownIds || given === undefined ? crypto.randomUUID() : given;
    const wrong = validate(prompt, uploads, checkpoints);
    if (wrong) return wrong;
    const nodes = Object.values(prompt);
    const sampler = nodes.find(({ class_type: type }) => type?.startsWith("KSampler"));
    const count = Number(nodes.find(({ class_type: type }) => type === "RepeatLatentBatch")?.inputs?.["amount"] ?? 1);
    const images = await draw({ count, width: 512, height: 512, seed: Number(sampler?.inputs?.["seed"]), attempt });
    for (const [index, bytes] of images.entries()) files.set(`${id}_${index}.png`, bytes);
    jobs.set(id, { polls: 0, images, isCancelled: false });
    return Response.json({ prompt_id: id, number: attempt, node_errors: {} });
  };

  const history = (id: string): Response => {
    const job = jobs.get(id);
    // Empty until it is done, and empty if it is unknown.
    if (!job || outcome === "lost" || !isDone(job)) return Response.json({});
    if (outcome === "failed" || job.isCancelled) return Response.json({ [id]: failedEntry(job.isCancelled) });
    const images = job.images.map((_, index) => ({ filename: `${id}_${index}.png`, subfolder: "", type: "output" }));
    const preview = { filename: "preview.png", subfolder: "", type: "temp" };
    const outputs = { "8": { images: images.length > 0 ? [preview] : [] }, "9": { images } };
    return Response.json({ [id]: { outputs, status: { status_str: "success", completed: true, messages: [] } } });
  };

  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (key !== undefined && request.headers.get("authorization") !== `Bearer ${key}`) {
      return new Response("<html><head><title>401 Authorization Required</title></head></html>", {
        status: 401,
        headers: { "content-type": "text/html" },
      });
    }
    if (pathname === "/prompt") return queue(request);
    if (pathname === "/upload/image") {
      const form = await request.formData();
      const image = form.get("image");
      if (!(image instanceof File) || form.get("type") !== "input") return new Response(null, { status: 400 });
      uploads.set(image.name, image);
      return Response.json({ name: image.name, subfolder: "", type: "input" });
    }
    if (pathname === "/object_info/CheckpointLoaderSimple") {
      const choices = saysCombo ? ["COMBO", { options: checkpoints }] : [checkpoints];
      return Response.json({ CheckpointLoaderSimple: { input: { required: { ckpt_name: choices } } } });
    }
    const [, jobId, verb] = /^\/api\/jobs\/([^/]+)(\/cancel)?$/.exec(pathname) ?? [];
    if (jobId !== undefined) {
      const job = jobs.get(jobId);
      if (!hasJobs || !job || outcome === "lost") return notFound();
      if (verb) {
        job.isCancelled = true;
        return Response.json({});
      }
      job.polls += 1;
      const status = isDone(job)
        ? outcome === "failed" || job.isCancelled
          ? "failed"
          : "completed"
        : job.polls > 1
          ? "in_progress"
          : "pending";
      return Response.json({ id: jobId, status });
    }
    const [, historyId] = /^\/history\/(.+)$/.exec(pathname) ?? [];
    if (historyId !== undefined) {
      const job = jobs.get(historyId);
      if (job && !hasJobs) job.polls += 1;
      return history(historyId);
    }
    if (pathname === "/queue" && request.method === "GET") {
      const waiting =
        outcome === "lost" ? [] : [...jobs].filter(([, job]) => !isDone(job)).map(([id]) => [1, id, {}, {}, []]);
      return Response.json({ queue_running: waiting, queue_pending: [] });
    }
    if (pathname === "/queue" || pathname === "/interrupt") return new Response(null, { status: 200 });
    if (pathname === "/view") {
      const bytes = files.get(searchParams.get("filename") ?? "");
      return bytes ? new Response(new Uint8Array(bytes), { headers: { "content-type": "image/png" } }) : notFound();
    }
    return notFound();
  };
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
