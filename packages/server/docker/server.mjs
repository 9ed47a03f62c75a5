// What the container runs: the server, with the backend that the environment names.
import { serveFromEnvironment } from "@image-variations/server/node";

const {
  IMAGE_VARIATIONS_BACKEND: name = "engine",
  IMAGE_VARIATIONS_BACKEND_URL: baseURL,
  IMAGE_VARIATIONS_BACKEND_API_KEY: apiKey,
  IMAGE_VARIATIONS_BACKEND_MODEL: model,
} = process.env;

const makers = {
  engine: async () => (await import("@image-variations/backends/engine")).engine(),
  "image-edits": async () =>
    (await import("@image-variations/backends/image-edits")).imageEdits({ baseURL, apiKey, model }),
  "stable-diffusion-webui": async () =>
    (await import("@image-variations/backends/stable-diffusion-webui")).stableDiffusionWebUI({ baseURL, model }),
  comfyui: async () => (await import("@image-variations/backends/comfyui")).comfyUI({ baseURL, checkpoint: model }),
  variations: async () =>
    (await import("@image-variations/backends/variations")).variations({ baseURL, apiKey, model }),
};

try {
  const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (!make) {
    throw new TypeError(`IMAGE_VARIATIONS_BACKEND must be one of ${Object.keys(makers).join(", ")}, got "${name}".`);
  }
  const server = await serveFromEnvironment({
    backend: await make(),
    others: ["", "_URL", "_API_KEY", "_MODEL"].map((end) => `IMAGE_VARIATIONS_BACKEND${end}`),
  });
  for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void server.close());
} catch (error) {
  // An invalid setting needs no stack trace.
  console.error(error instanceof TypeError ? error.message : error);
  process.exitCode = 1;
}
