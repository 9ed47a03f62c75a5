import { counter, drawAll, type ImitationHandler, type ImitationOptions } from "./imitation.ts";

/** The kinds of server that are imitated. */
export type ImageEditsServer = "openai" | "sd-server" | "sglang" | "vllm-omni";

/** The fields that each kind of server knows; what else is sent is a 400. */
const knownFields: Readonly<Record<ImageEditsServer, ReadonlySet<string>>> = {
  openai: new Set(
    "image image[] prompt model n size quality output_format output_compression background moderation stream partial_images safety_identifier mask".split(
      " ",
    ),
  ),
  "sd-server": new Set("image image[] prompt model n size output_format output_compression mask".split(" ")),
  sglang: new Set(
    "image image[] prompt model n size seed negative_prompt guidance_scale num_inference_steps response_format".split(
      " ",
    ),
  ),
  "vllm-omni": new Set(
    "image image[] prompt model n size seed negative_prompt guidance_scale num_inference_steps response_format".split(
      " ",
    ),
  ),
};

/** `POST /images/edits` as OpenAI and the servers of that shape have it, with what they reject. */
export function imitateImageEdits(target: ImageEditsServer, options: ImitationOptions = {}): ImitationHandler {
  const { key, draw = drawAll, instead } = options;
  const next = counter();
  return async (request) => {
    const { pathname } = new URL(request.url);
    const given = request.headers.get("authorization");
    if (key !== undefined && given !== `Bearer ${key}`) {
      return openAIError(401, {
        message: `Incorrect API key provided: ${given?.slice(7)}. You can find your API key at https://platform.openai.com/account/api-keys.`,
        code: "invalid_api_key",
      });
    }
    if (pathname.endsWith("/models")) return Response.json({ object: "list", data: [] });
    if (!pathname.endsWith("/images/edits")) return openAIError(404, { message: `Invalid URL (POST ${pathname})` });
    const attempt = next();
    const other = await instead?.(request, attempt);
    if (other) return other;

    const form = await request.formData();
    return rejectionOf(target, form) ?? edited(target, readEdit(form), { draw, attempt });
  };
}

/** What a request asks for. */
interface Edit {
  readonly image: ReturnType<FormData["get"]>;
  readonly prompt: string | undefined;
  readonly count: number;
  readonly size: string | undefined;
  readonly width: number;
  readonly height: number;
  readonly quality: string | undefined;
  readonly seed: number;
}

function readEdit(form: FormData): Edit {
  const field = (name: string): string | undefined => form.get(name)?.toString();
  const prompt = field("prompt")?.trim();
  const [width = 0, height = 0] = (field("size") ?? "1024x1024").split("x").map(Number);
  const extra = /<sd_cpp_extra_args>(.*)<\/sd_cpp_extra_args>/.exec(prompt ?? "")?.[1];
  return {
    image: form.get("image") ?? form.get("image[]"),
    prompt,
    count: Number(field("n") ?? 1),
    size: field("size"),
    width,
    height,
    quality: field("quality"),
    // Without a seed sd-server makes the same images every time.
    seed: Number(field("seed") ?? (extra ? (JSON.parse(extra) as { seed?: number }).seed : undefined) ?? 42),
  };
}

/** The error of a request that a target rejects. */
function rejectionOf(target: ImageEditsServer, form: FormData): Response | undefined {
  const unknown = [...form.keys()].find((name) => !knownFields[target].has(name));
  if (unknown) return unknownField(target, unknown);
  const { image, prompt, count, size, width } = readEdit(form);
  if (target === "sd-server" && !prompt) return Response.json({ error: "prompt required" }, { status: 400 });
  if (!prompt) return missingParameter("prompt");
  if (!(image instanceof File) || image.type !== "image/png") return missingParameter("image");
  if (!(count >= 1 && count <= 10)) return openAIError(400, { message: "n must be from 1 to 10.", param: "n" });
  if (target === "openai" && (width < 1024 || width % 16 !== 0)) {
    return openAIError(400, { message: `Invalid value: '${size}'.`, param: "size", code: "invalid_value" });
  }
  return undefined;
}

async function edited(
  target: ImageEditsServer,
  { count, width, height, seed, quality = "high", size }: Edit,
  { draw, attempt }: { readonly draw: NonNullable<ImitationOptions["draw"]>; readonly attempt: number },
): Promise<Response> {
  const images = await draw({ count, width, height, seed, attempt });
  return Response.json({
    created: 1_778_544_000,
    data: images.map((bytes) => ({ b64_json: Buffer.from(bytes).toString("base64") })),
    ...(target === "openai" && { output_format: "png", quality, size, usage: usageOf(images.length) }),
  });
}

/** The tokens of a response with so many images. */
export function usageOf(images: number): object {
  const input = { image_tokens: 323, text_tokens: 40 };
  const output = 272 * images;
  return { input_tokens: 363, input_tokens_details: input, output_tokens: output, total_tokens: 363 + output };
}

function openAIError(
  status: number,
  { message, code = null, param = null }: { message: string; code?: string | null; param?: string | null },
): Response {
  return Response.json({ error: { message, type: "invalid_request_error", param, code } }, { status });
}

function missingParameter(param: string): Response {
  const message = `Missing required parameter: '${param}'.`;
  return openAIError(400, { message, param, code: "missing_required_parameter" });
}

function unknownField(target: ImageEditsServer, name: string): Response {
  if (target === "openai") {
    return openAIError(400, { message: `Unknown parameter: '${name}'.`, param: name, code: "unknown_parameter" });
  }
  if (target === "sd-server") return Response.json({ error: `unknown field ${name}` }, { status: 400 });
  const detail = [{ type: "extra_forbidden", loc: ["body", name], msg: "Extra inputs are not permitted" }];
  return Response.json({ detail }, { status: 422 });
}
