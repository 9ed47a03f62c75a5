import type { Backend, BackendImage, VariationRequest } from "../backend.ts";
import { connectionSettings } from "../http/connection-settings.ts";
import { createTarget, type Target } from "../http/create-target.ts";
import { readEnvironment } from "../http/read-environment.ts";
import { beginDelivery, deliverImages } from "../images/deliver-images.ts";
import { readImageEntries } from "../images/image-entries.ts";
import { randomSeed, seedAt } from "../images/random-seed.ts";
import { renderSize } from "../images/render-size.ts";
import { requestUntilComplete } from "../images/request-until-complete.ts";
import { prepareInput } from "../images/square-image.ts";
import { type ImageEditsDialect, imageEditsDialects } from "./dialects.ts";
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

  return {
    name: "image-edits",
    capabilities: { prompt: true, seed: dialect.seed !== "none", strength: dialect.strength !== "none" },
    createVariations: (request) => createVariations(request, { options, dialect, target }),
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

interface Connection {
  readonly options: ImageEditsOptions;
  readonly dialect: ImageEditsDialect;
  readonly target: Target;
}

async function* createVariations(
  request: VariationRequest,
  { options, dialect, target }: Connection,
): AsyncGenerator<BackendImage, void, undefined> {
  const { image, n, size, user, signal, seed = randomSeed(), strength = options.strength ?? 0.6 } = request;
  const { label } = target;
  const delivery = await beginDelivery(request, { codec: options.codec, label });
  const asked = options.renderSize ?? renderSize(size, dialect.sizes);
  const sent = dialect.decodesEverything ? image : await prepareInput(image, asked, delivery.codec);
  const file = new File([sent], "image.png", { type: "image/png" });
  const identifier = user && dialect.identifiesUsers ? await hash(user) : undefined;

  yield* requestUntilComplete({ n, label }, async function* (missing, made) {
    const seedNow = seedAt(seed, made);
    const inPrompt = { seed: seedNow, ...(dialect.strength === "prompt" && { strength: Math.max(strength, 0.05) }) };
    const body = toForm({
      image: file,
      prompt: editPrompt({ base: options.prompt, wanted: request.prompt, arguments: inPrompt }, dialect),
      model: options.model ?? dialect.model,
      n: Math.min(missing, dialect.maximumImages),
      size: `${asked}x${asked}`,
      quality: options.quality ?? dialect.quality,
      safety_identifier: identifier,
      seed: dialect.seed === "field" ? seedNow : undefined,
      ...options.fields,
    });
    const response = await target.request({ path: "/images/edits", body, signal });
    yield* deliverImages(readImageEntries(response.json(), target, signal), delivery, made);
  });
}

/** Fields that are undefined are left out. */
function toForm(fields: Readonly<Record<string, unknown>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value instanceof File) form.append(name, value);
    else if (value !== undefined) form.append(name, String(value));
  }
  return form;
}

/** 64 characters, which is what `safety_identifier` may have; and what identifies a person stays here. */
async function hash(text: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
