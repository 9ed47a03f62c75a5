import { counter, drawAll, type ImitationHandler, type ImitationOptions } from "./imitation.ts";

/** The kinds of server that are imitated. */
export type WebUIServer = "webui" | "sd-server" | "xinference" | "koboldcpp";

export interface WebUIImitationOptions extends ImitationOptions {
  /** A grid of all images comes first. */
  readonly grid?: boolean;
  /** What `GET /sdapi/v1/progress` says, one after the other. */
  readonly progress?: readonly number[];
  /** Started without `--api`. */
  readonly isClosed?: boolean;
}

/** The API of a Stable Diffusion web UI. `key` is `user:password`. */
export function imitateWebUI(target: WebUIServer, options: WebUIImitationOptions = {}): ImitationHandler {
  const { key, draw = drawAll, instead, grid = false, progress = [0.5], isClosed = false } = options;
  const next = counter();
  const look = counter();
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (isClosed) return Response.json({ detail: "Not Found" }, { status: 404 });
    if (key !== undefined && request.headers.get("authorization") !== `Basic ${Buffer.from(key).toString("base64")}`) {
      return Response.json({ detail: "Incorrect username or password" }, { status: 401 });
    }
    if (pathname === "/sdapi/v1/sd-models") return Response.json([{ title: "model.safetensors" }]);
    if (pathname === "/sdapi/v1/progress") {
      return Response.json({ progress: progress[Math.min(look(), progress.length) - 1], eta_relative: 1 });
    }
    if (pathname === "/sdapi/v1/interrupt" && request.method === "POST") return Response.json({});
    if (pathname !== "/sdapi/v1/img2img") return Response.json({ detail: "Not Found" }, { status: 404 });
    const attempt = next();
    const other = await instead?.(request, attempt);
    if (other) return other;

    const body = (await request.json()) as Readonly<Record<string, unknown>>;
    const { init_images: inputs, prompt, width, height, seed, n_iter: rounds, batch_size: batch, model } = body;
    const [input] = Array.isArray(inputs) ? (inputs as string[]) : [];
    if (!input) return Response.json({ detail: "Init image not found" }, { status: 404 });
    if (!Buffer.from(input, "base64").subarray(1, 4).equals(Buffer.from("PNG"))) {
      return webUIError("UnidentifiedImageError", "cannot identify image file");
    }
    if (target === "sd-server" && !prompt) return Response.json({ error: "prompt required" }, { status: 400 });
    if (target === "xinference" && !model) return Response.json({ detail: "model is required" }, { status: 400 });
    if (typeof seed !== "number" || typeof width !== "number" || typeof height !== "number") {
      const detail = [{ loc: ["body", "seed"], msg: "value is not a valid integer", type: "type_error.integer" }];
      return Response.json({ detail }, { status: 422 });
    }
    const count = Number(batch ?? 1) * (target === "sd-server" ? 1 : Number(rounds ?? 1));
    const drawn = await draw({ count, width, height, seed, attempt });
    const images =
      grid && drawn.length > 1
        ? [...(await draw({ count: 1, width: 64, height: 64, seed: 999, attempt })), ...drawn]
        : drawn;
    return Response.json({
      images: images.map((bytes) => Buffer.from(bytes).toString("base64")),
      parameters: body,
      info: JSON.stringify({ seed, all_seeds: drawn.map((_, index) => seed + index) }),
    });
  };
}

function webUIError(error: string, errors: string): Response {
  return Response.json({ error, detail: "", body: "", errors }, { status: 500 });
}
