import type { Backend, BackendImage, VariationRequest } from "../backend.ts";
import { BackendError } from "../backend-error.ts";
import { basicAuthorization } from "../http/basic-authorization.ts";
import { connectionSettings } from "../http/connection-settings.ts";
import { createTarget, type Target } from "../http/create-target.ts";
import { decodeBase64, encodeBase64 } from "../images/base64.ts";
import { createGate, type Gate } from "../images/create-gate.ts";
import { beginDelivery, deliverImages, type TargetImage } from "../images/deliver-images.ts";
import { randomSeed, seedAt } from "../images/random-seed.ts";
import { renderSize } from "../images/render-size.ts";
import { requestUntilComplete } from "../images/request-until-complete.ts";
import { prepareInput } from "../images/square-image.ts";
import { usablePrompt } from "../images/usable-prompt.ts";
import { watchProgress } from "./watch-progress.ts";
import { checkStableDiffusionWebUIOptions, type StableDiffusionWebUIOptions } from "./web-ui-options.ts";

const sizes = { minimum: 512, maximum: 4_096, step: 64 };

/**
 * Variations by the API of a Stable Diffusion web UI (`POST /sdapi/v1/img2img`): AUTOMATIC1111, Forge, SD.Next, KoboldCpp,
 * Xinference, sd-server. The web UI must run with `--api`. Alpha is lost: the image is put on white.
 *
 * @throws TypeError if an option is invalid.
 * @example
 * ```ts
 * const backend = stableDiffusionWebUI({ baseURL: "http://127.0.0.1:7860", strength: 0.5 });
 * ```
 */
export function stableDiffusionWebUI(options: StableDiffusionWebUIOptions = {}): Backend {
  checkStableDiffusionWebUIOptions(options);
  const { username, password, baseURL = "http://127.0.0.1:7860", concurrency = 1 } = options;
  const settings = connectionSettings(baseURL, options);
  const authorization = username && password ? basicAuthorization(username, password) : undefined;
  const target = createTarget({
    ...settings,
    label: "The Stable Diffusion web UI",
    startHint: "Start it with --api, or set `baseURL` to where it listens.",
    callerParameters: new Set(),
    headers: { ...settings.headers, ...(authorization && { authorization }) },
    secrets: [...(settings.secrets ?? []), ...(password && authorization ? [password, authorization.slice(6)] : [])],
  });
  const gate = createGate(concurrency);

  return {
    name: "stable-diffusion-webui",
    capabilities: { prompt: true, seed: true, strength: true },
    createVariations: (request) => createVariations(request, { options, target, gate, isAlone: concurrency === 1 }),
    async checkReady(signal) {
      const path = "/sdapi/v1/sd-models";
      const { status } = await target.request({ path, signal, maxRetries: 0, timeout: 10_000, expects: [404] });
      if (status === 404) {
        throw new BackendError(`${target.label} has no ${path}. Start it with --api, and check \`baseURL\`.`, {
          status: 503,
        });
      }
    },
    close: () => target.close(),
  };
}

interface Connection {
  readonly options: StableDiffusionWebUIOptions;
  readonly target: Target;
  readonly gate: Gate;
  /** Whether all that the web UI works on is ours, as far as we know: it has one progress, and one interrupt. */
  readonly isAlone: boolean;
}

async function* createVariations(
  request: VariationRequest,
  { options, target, gate, isAlone }: Connection,
): AsyncGenerator<BackendImage, void, undefined> {
  const { image, n, size, signal, onProgress, seed = randomSeed() } = request;
  const { label } = target;
  const delivery = await beginDelivery(request, { codec: options.codec, label });
  const side = options.renderSize ?? renderSize(size, sizes);
  const input = encodeBase64(await prepareInput(image, side, delivery.codec));

  yield* requestUntilComplete({ n, label }, async function* (missing, made) {
    const count = Math.min(missing, options.batchSize ?? 1);
    const body = imageToImageBody(request, options, { input, side, count, seed: seedAt(seed, made) });
    const tell = (share: number): void => delivery.report({ done: (made + share * count) / n });
    const pass = await gate.enter(signal);
    const unwatch = isAlone && onProgress ? watchProgress(target, tell) : undefined;
    let images: string[];
    try {
      const response = await target.request({ path: "/sdapi/v1/img2img", body, signal });
      images = readImages(response.json(), count, target);
    } catch (error) {
      // It goes on drawing for a caller that has left.
      if (isAlone && (signal?.aborted || isTimeout(error))) await interrupt(target);
      throw error;
    } finally {
      unwatch?.();
      pass.leave();
    }
    yield* deliverImages(decodeImages(images, target), delivery, made);
  });
}

/** What differs from one request to the next. */
interface Drawing {
  /** The image, as base64. */
  readonly input: string;
  /** Width and height, in pixels. */
  readonly side: number;
  readonly count: number;
  readonly seed: number;
}

function imageToImageBody(
  request: VariationRequest,
  options: StableDiffusionWebUIOptions,
  { input, side, count, seed }: Drawing,
): object {
  const { target: kind = "webui", model } = options;
  return {
    init_images: [input],
    prompt: usablePrompt(request.prompt, options.prompt, "a high quality image, rich in detail"),
    negative_prompt: options.negativePrompt ?? "",
    // With 0 nothing would be drawn at all.
    denoising_strength: Math.max(request.strength ?? options.strength ?? 0.55, 0.05),
    seed,
    steps: options.steps ?? 20,
    cfg_scale: options.cfgScale ?? 7,
    sampler_name: options.sampler ?? "Euler a",
    width: side,
    height: side,
    resize_mode: 0,
    batch_size: count,
    n_iter: 1,
    send_images: true,
    save_images: false,
    override_settings: kind !== "xinference" && model ? { sd_model_checkpoint: model } : {},
    ...(kind === "xinference" && { model }),
  };
}

function readImages(body: unknown, count: number, target: Target): string[] {
  const { images } = (body ?? {}) as { images?: unknown };
  if (!Array.isArray(images) || images.some((image) => typeof image !== "string")) {
    throw target.errors.unexpected("the response has no list `images` of base64 strings.");
  }
  // A grid of all images can come first.
  return (images as string[]).filter((image) => image !== "").slice(-count);
}

async function* decodeImages(images: readonly string[], target: Target): AsyncGenerator<TargetImage, void, undefined> {
  for (const [index, text] of images.entries()) {
    const bytes = decodeBase64(text);
    if (!bytes) throw target.errors.unexpected(`image ${index} is not base64: ${text.slice(0, 80)}.`);
    yield { bytes };
  }
}

function isTimeout(error: unknown): boolean {
  return error instanceof BackendError && error.status === 504;
}

async function interrupt(target: Target): Promise<void> {
  const request = { method: "POST", path: "/sdapi/v1/interrupt", maxRetries: 0, timeout: 5_000 } as const;
  // The caller has left, so a failure is not reported.
  await target.request(request).catch(() => undefined);
}
