import type { Backend, BackendImage, VariationRequest } from "../backend.ts";
import { BackendError } from "../backend-error.ts";
import { platformCodec } from "../codec/platform-codec.ts";
import { basicAuthorization } from "../http/basic-authorization.ts";
import { connectionSettings } from "../http/connection-settings.ts";
import { createTarget, type Target } from "../http/create-target.ts";
import { decodeBase64, encodeBase64 } from "../images/base64.ts";
import { createGate } from "../images/create-gate.ts";
import { randomSeed, seedAt } from "../images/random-seed.ts";
import { renderSize } from "../images/render-size.ts";
import { progressReporter } from "../images/report-progress.ts";
import { requestUntilComplete } from "../images/request-until-complete.ts";
import { finishImage, prepareInput } from "../images/square-image.ts";
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
  const {
    username,
    password,
    model,
    target: kind = "webui",
    baseURL = "http://127.0.0.1:7860",
    batchSize = 1,
  } = options;
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
  const gate = createGate(options.concurrency ?? 1);
  const isAlone = (options.concurrency ?? 1) === 1;

  async function* createVariations(request: VariationRequest): AsyncGenerator<BackendImage, void, undefined> {
    const { image, n, size, signal, onProgress } = request;
    const codec = options.codec ?? (await platformCodec());
    const asked = options.renderSize ?? renderSize(size, sizes);
    const input = encodeBase64(await prepareInput(image, asked, codec));
    const { seed = randomSeed(), strength = options.strength ?? 0.55 } = request;
    const report = progressReporter(onProgress);

    const ask = async function* (missing: number, made: number): AsyncGenerator<BackendImage, void, undefined> {
      const count = Math.min(missing, batchSize);
      const body = {
        init_images: [input],
        prompt: usablePrompt(request.prompt, options.prompt, "a high quality image, rich in detail"),
        negative_prompt: options.negativePrompt ?? "",
        // With 0 nothing would be drawn at all.
        denoising_strength: Math.max(strength, 0.05),
        seed: seedAt(seed, made),
        steps: options.steps ?? 20,
        cfg_scale: options.cfgScale ?? 7,
        sampler_name: options.sampler ?? "Euler a",
        width: asked,
        height: asked,
        resize_mode: 0,
        batch_size: count,
        n_iter: 1,
        send_images: true,
        save_images: false,
        override_settings: kind !== "xinference" && model ? { sd_model_checkpoint: model } : {},
        ...(kind === "xinference" && { model }),
      };
      const found = await whileAlone(signal, async () => {
        const unwatch =
          isAlone && onProgress
            ? watchProgress(target, (done) => report({ done: (made + done * count) / n }))
            : undefined;
        try {
          const response = await target.request({ path: "/sdapi/v1/img2img", body, signal });
          return readImages(response.json(), count, target);
        } catch (error) {
          // It goes on drawing for a caller that has left.
          if (isAlone && (signal?.aborted || isTimeout(error))) await interrupt(target);
          throw error;
        } finally {
          unwatch?.();
        }
      });
      for (const [index, text] of found.entries()) {
        const bytes = decodeBase64(text);
        if (!bytes) throw target.errors.unexpected(`image ${index} is not base64: ${text.slice(0, 80)}.`);
        const png = await finishImage(bytes, { size, codec, label: target.label });
        signal?.throwIfAborted();
        report({ index: made + index, done: (made + index + 1) / n });
        yield { bytes: png, mediaType: "image/png" };
      }
    };
    yield* requestUntilComplete({ n, label: target.label }, ask);
  }

  async function whileAlone<Value>(signal: AbortSignal | undefined, work: () => Promise<Value>): Promise<Value> {
    const pass = await gate.enter(signal);
    try {
      return await work();
    } finally {
      pass.leave();
    }
  }

  return {
    name: "stable-diffusion-webui",
    capabilities: { prompt: true, seed: true, strength: true },
    createVariations,
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

function readImages(body: unknown, count: number, target: Target): string[] {
  const { images } = (body ?? {}) as { images?: unknown };
  if (!Array.isArray(images) || images.some((image) => typeof image !== "string")) {
    throw target.errors.unexpected("the response has no list `images` of base64 strings.");
  }
  // A grid of all images can come first.
  return (images as string[]).filter((image) => image !== "").slice(-count);
}

function isTimeout(error: unknown): boolean {
  return error instanceof BackendError && error.status === 504;
}

async function interrupt(target: Target): Promise<void> {
  const request = { method: "POST", path: "/sdapi/v1/interrupt", maxRetries: 0, timeout: 5_000 } as const;
  // The caller has left, so a failure is not reported.
  await target.request(request).catch(() => undefined);
}
