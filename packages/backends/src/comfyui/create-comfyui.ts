import type { Backend, BackendImage, VariationRequest } from "../backend.ts";
import { connectionSettings } from "../http/connection-settings.ts";
import { createTarget, type Target } from "../http/create-target.ts";
import { beginDelivery, deliverImages, type TargetImage } from "../images/deliver-images.ts";
import { randomSeed, seedAt } from "../images/random-seed.ts";
import { renderSize } from "../images/render-size.ts";
import { requestUntilComplete } from "../images/request-until-complete.ts";
import { prepareInput } from "../images/square-image.ts";
import { usablePrompt } from "../images/usable-prompt.ts";
import { checkComfyUIOptions, type ComfyUIOptions } from "./comfyui-options.ts";
import { type ComfyUIWorkflow, fillWorkflow } from "./fill-workflow.ts";
import { imageToImageWorkflow } from "./image-to-image-workflow.ts";
import { type JobImage, runJob } from "./run-job.ts";
import { watchProgress } from "./watch-progress.ts";

const sizes = { minimum: 512, maximum: 4_096, step: 64 };

/**
 * Variations by ComfyUI: its built-in nodes, or a workflow of your own. With the built-in workflow alpha is lost: the image is
 * put on white.
 *
 * @throws TypeError if an option is invalid.
 * @example
 * ```ts
 * const backend = comfyUI({ workflow: JSON.parse(await readFile("variations.json", "utf8")) });
 * ```
 */
export function comfyUI(options: ComfyUIOptions = {}): Backend {
  checkComfyUIOptions(options);
  const settings = connectionSettings(options.baseURL ?? "http://127.0.0.1:8188", options);
  const target = createTarget({
    ...settings,
    label: "ComfyUI",
    startHint: "Start it, or set `baseURL` to where it listens.",
    callerParameters: new Set(),
  });
  let { workflow } = options;

  const openWorkflow = async (signal: AbortSignal | undefined): Promise<ComfyUIWorkflow> =>
    (workflow ??= await buildWorkflow(target, options, signal));
  const connection = { options, target, baseURL: settings.baseURL, openWorkflow };

  return {
    name: "comfyui",
    capabilities: { prompt: true, seed: true, strength: true },
    createVariations: (request) => createVariations(request, connection),
    async checkReady(signal) {
      await target.request({ path: "/queue", signal, maxRetries: 0, timeout: 10_000 });
    },
    close: () => target.close(),
  };
}

interface Connection {
  readonly options: ComfyUIOptions;
  readonly target: Target;
  readonly baseURL: string;
  /** The workflow to fill: the user's, or the built-in one, which is built for the first request. */
  openWorkflow(signal: AbortSignal | undefined): Promise<ComfyUIWorkflow>;
}

async function* createVariations(
  request: VariationRequest,
  { options, target, baseURL, openWorkflow }: Connection,
): AsyncGenerator<BackendImage, void, undefined> {
  const { image, n, size, signal, onProgress, seed = randomSeed(), strength = options.strength ?? 0.6 } = request;
  const { label } = target;
  const delivery = await beginDelivery(request, { codec: options.codec, label });
  const asked = options.renderSize ?? renderSize(size, sizes);
  const workflow = await openWorkflow(signal);
  const input = await upload(target, await prepareInput(image, asked, delivery.codec), signal);

  yield* requestUntilComplete({ n, label }, async function* (missing, made) {
    const count = Math.min(missing, options.batchSize ?? 1);
    const filled = fillWorkflow(workflow, {
      image: input,
      seed: seedAt(seed, made),
      // With 0 nothing would be drawn at all.
      denoise: Math.max(strength, 0.05),
      n: count,
      width: asked,
      height: asked,
      prompt: usablePrompt(request.prompt, options.prompt, "a high quality image, rich in detail"),
    });
    const tell = (share: number): void => delivery.report({ done: (made + share * count) / n });
    // A `fetch` of the user's may go anywhere, and a socket would go elsewhere.
    const canWatch = onProgress && !options.fetch;
    const watch = canWatch ? (id: string) => watchProgress(baseURL, id, tell) : undefined;
    const { outputNode, jobTimeout: timeout = 600_000 } = options;
    const files = await runJob(target, filled, { outputNode, timeout, signal, watch });
    yield* deliverImages(downloadImages(files, target, signal), delivery, made);
  });
}

async function* downloadImages(
  files: readonly JobImage[],
  target: Target,
  signal: AbortSignal | undefined,
): AsyncGenerator<TargetImage, void, undefined> {
  for (const { filename, subfolder, type } of files) {
    const { bytes } = await target.request({ path: "/view", query: { filename, subfolder, type }, signal });
    yield { bytes };
  }
}

async function buildWorkflow(
  target: Target,
  options: ComfyUIOptions,
  signal: AbortSignal | undefined,
): Promise<ComfyUIWorkflow> {
  const { negativePrompt = "", steps = 20, cfgScale = 7, sampler = "euler", scheduler = "normal" } = options;
  const checkpoint = options.checkpoint ?? (await firstCheckpoint(target, signal));
  return imageToImageWorkflow({ checkpoint, negativePrompt, steps, cfgScale, sampler, scheduler });
}

async function firstCheckpoint(target: Target, signal: AbortSignal | undefined): Promise<string> {
  const response = await target.request({ path: "/object_info/CheckpointLoaderSimple", signal });
  const info = response.json() as {
    CheckpointLoaderSimple?: { input?: { required?: { ckpt_name?: readonly unknown[] } } };
  } | null;
  const [choices, settings] = info?.CheckpointLoaderSimple?.input?.required?.ckpt_name ?? [];
  // Newer versions say "COMBO", and list the choices in what follows.
  const names = Array.isArray(choices) ? choices : (settings as { options?: unknown[] } | undefined)?.options;
  const name = names?.find((choice) => typeof choice === "string");
  if (typeof name === "string") return name;
  throw target.errors.unexpected("it has no checkpoint. Put one into models/checkpoints, or set `workflow`.");
}

/** Uploads under a name made from the bytes, so that the same image is stored once. Returns the name for LoadImage. */
async function upload(
  target: Target,
  image: Uint8Array<ArrayBuffer>,
  signal: AbortSignal | undefined,
): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", image));
  const hash = Array.from(digest.subarray(0, 12), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const form = new FormData();
  form.append("image", new File([image], `image-variations-${hash}.png`, { type: "image/png" }));
  form.append("type", "input");
  form.append("overwrite", "true");
  const response = await target.request({ path: "/upload/image", body: form, signal });
  const { name, subfolder } = (response.json() ?? {}) as { name?: unknown; subfolder?: unknown };
  if (typeof name !== "string") throw target.errors.unexpected("the response to the upload has no name.");
  return typeof subfolder === "string" && subfolder ? `${subfolder}/${name}` : name;
}
