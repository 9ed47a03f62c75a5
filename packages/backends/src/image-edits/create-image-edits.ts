import type { Backend, BackendImage, VariationRequest } from "../backend.ts";
import { platformCodec } from "../codec/platform-codec.ts";
import { connectionSettings } from "../http/connection-settings.ts";
import { createTarget } from "../http/create-target.ts";
import { readEnvironment } from "../http/read-environment.ts";
import { readImageEntries, readImageEntry } from "../images/image-entries.ts";
import { readUsage } from "../images/read-usage.ts";
import { randomSeed, seedAt } from "../images/random-seed.ts";
import { renderSize } from "../images/render-size.ts";
import { progressReporter } from "../images/report-progress.ts";
import { requestUntilComplete } from "../images/request-until-complete.ts";
import { finishImage, prepareInput } from "../images/square-image.ts";
import { imageEditsDialects } from "./dialects.ts";
import { editPrompt } from "./edit-prompt.ts";
import { checkImageEditsOptions, type ImageEditsOptions } from "./image-edits-options.ts";

/**
 * Variations by `POST /images/edits`: OpenAI's, or that of a server of the same shape. With OpenAI every image costs money;
 * see `quality`. `model` of a request is ignored, because its callers ask for `dall-e-2`.
 *
 * @throws TypeError if an option is invalid.
 * @example
 * ```ts
 * const backend = imageEdits({ apiKey: process.env.OPENAI_API_KEY, quality: "low" });
 * ```
 */
export function imageEdits(options: ImageEditsOptions = {}): Backend {
  checkImageEditsOptions(options);
  const dialect = imageEditsDialects[options.target ?? "openai"];
  const { model = dialect.model, quality = dialect.quality, fields = {} } = options;
  const baseURL = options.baseURL ?? dialect.baseURL ?? "";
  const isOpenAI = new URL(baseURL).hostname === "api.openai.com";
  const target = createTarget({
    ...connectionSettings(baseURL, options),
    label: dialect.label,
    startHint: dialect.startHint,
    // Not the size, which is chosen here.
    callerParameters: new Set(["image", "image[]", "prompt", "user", "safety_identifier", "n", "seed"]),
    apiKey: options.apiKey ?? (isOpenAI ? readEnvironment("OPENAI_API_KEY") : undefined),
  });

  async function* createVariations(request: VariationRequest): AsyncGenerator<BackendImage, void, undefined> {
    const { image, n, size, user, signal, onProgress } = request;
    const codec = options.codec ?? (await platformCodec());
    const report = progressReporter(onProgress);
    const asked = options.renderSize ?? renderSize(size, dialect.sizes);
    const sent = dialect.decodesEverything ? image : await prepareInput(image, asked, codec);
    const file = new File([sent], "image.png", { type: "image/png" });
    const identifier = user && dialect.identifiesUsers ? await hash(user) : undefined;
    const { seed = randomSeed(), strength = options.strength ?? 0.6 } = request;

    const ask = async function* (missing: number, made: number): AsyncGenerator<BackendImage, void, undefined> {
      const form = new FormData();
      const seedNow = seedAt(seed, made);
      const prompt = editPrompt(
        {
          base: options.prompt,
          wanted: request.prompt,
          arguments: { seed: seedNow, ...(dialect.strength === "prompt" && { strength: Math.max(strength, 0.05) }) },
        },
        dialect,
      );
      const sentFields: Readonly<Record<string, unknown>> = {
        image: file,
        prompt,
        model,
        n: Math.min(missing, dialect.maximumImages),
        size: `${asked}x${asked}`,
        quality,
        safety_identifier: identifier,
        seed: dialect.seed === "field" ? seedNow : undefined,
        ...fields,
      };
      for (const [name, value] of Object.entries(sentFields)) {
        if (value instanceof File) form.append(name, value);
        else if (value !== undefined) form.append(name, String(value));
      }
      const response = await target.request({ path: "/images/edits", body: form, signal });
      const body = response.json();
      let usage = readUsage(body);
      for (const [index, entry] of readImageEntries(body, target).entries()) {
        const { revised_prompt: revisedPrompt } = entry;
        const bytes = await finishImage(await readImageEntry(entry, target, signal), {
          size,
          codec,
          label: target.label,
        });
        signal?.throwIfAborted();
        report({ index: made + index, done: (made + index + 1) / n });
        yield {
          bytes,
          mediaType: "image/png",
          ...(typeof revisedPrompt === "string" && revisedPrompt && { revisedPrompt }),
          ...(usage && { usage }),
        };
        usage = undefined;
      }
    };
    yield* requestUntilComplete({ n, label: target.label }, ask);
  }

  return {
    name: "image-edits",
    capabilities: { prompt: true, seed: dialect.seed !== "none", strength: dialect.strength !== "none" },
    createVariations,
    async checkReady(signal) {
      // Not every server of this shape lists its models; that it responds is enough.
      await target.request({
        path: "/models",
        signal,
        maxRetries: 0,
        timeout: 10_000,
        expects: isOpenAI ? [] : [404, 405, 501],
      });
    },
    close: () => target.close(),
  };
}

/** 64 characters, which is what `safety_identifier` may have; and what identifies a person stays here. */
async function hash(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
