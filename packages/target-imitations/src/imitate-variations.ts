import { drawImage } from "./draw-image.ts";
import { counter, type DrawRequest, drawAll, type ImitationHandler, type ImitationOptions } from "./imitation.ts";

/** The kinds of server that are imitated. */
export type VariationsServer = "contract" | "image-variations" | "xinference" | "lemonade" | "deepinfra";

/** DeepInfra's images are JPEG, whatever is asked for. */
async function drawJpegs({ count, width, height, seed }: DrawRequest): Promise<Uint8Array[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) => drawImage({ width, height, seed: seed + index, format: "jpeg" })),
  );
}

/** `POST /images/variations` as other servers have it, each with its ways. */
export function imitateVariations(target: VariationsServer, options: ImitationOptions = {}): ImitationHandler {
  const { key, draw = target === "deepinfra" ? drawJpegs : drawAll, instead } = options;
  const next = counter();
  return async (request) => {
    const { pathname } = new URL(request.url);
    if (key !== undefined && request.headers.get("authorization") !== `Bearer ${key}`) {
      return failure(target, 401, `Incorrect API key provided: ${request.headers.get("authorization")?.slice(7)}.`);
    }
    if (pathname.endsWith("/models")) return Response.json({ object: "list", data: [] });
    if (!pathname.endsWith("/images/variations")) return failure(target, 404, "Not Found");
    const attempt = next();
    const other = await instead?.(request, attempt);
    if (other) return other;

    const form = await request.formData();
    const field = (name: string): string | undefined => form.get(name)?.toString();
    const needsModel = target === "xinference" || target === "lemonade" || target === "deepinfra";
    if (needsModel && !field("model")) return failure(target, 400, "model is required");
    if (!(form.get("image") instanceof File)) return failure(target, 400, "image is required");
    const extra = [...form.keys()].find(
      (name) => !["image", "model", "n", "size", "response_format", "user"].includes(name),
    );
    if (extra && target !== "image-variations" && !(target === "xinference" && extra === "prompt")) {
      return failure(target, 400, `Unknown parameter: '${extra}'.`);
    }
    const [width = 0, height = 0] = (field("size") ?? "1024x1024").split("x").map(Number);
    const seed = Number(field("seed") ?? attempt * 100);
    const images = await draw({ count: Number(field("n") ?? 1), width, height, seed, attempt });
    const isBase64 = field("response_format") === "b64_json" || target === "lemonade" || target === "deepinfra";
    return Response.json({
      created: 1_778_544_000,
      data: images.map((bytes) => {
        const base64 = Buffer.from(bytes).toString("base64");
        // Xinference's URLs are paths on its own disk, and what was not asked for is null.
        if (target === "xinference")
          return isBase64 ? { url: null, b64_json: base64 } : { url: "/root/image/1.png", b64_json: null };
        return isBase64 ? { b64_json: base64 } : { url: "http://127.0.0.1:9/1.png" };
      }),
    });
  };
}

function failure(target: VariationsServer, status: number, message: string): Response {
  // Every failure of Xinference is a 500, but for that of the key.
  if (target === "xinference") return Response.json({ detail: message }, { status: status === 401 ? 401 : 500 });
  if (target === "lemonade") return Response.json({ error: { message, type: "invalid_request_error" } }, { status });
  return Response.json({ error: { code: null, message, param: null, type: "invalid_request_error" } }, { status });
}
