// The backend that the environment names.
// A compose file passes what is not set as an empty text.
const set = (variable) => process.env[`IMAGE_VARIATIONS_BACKEND${variable}`] || undefined;
const [name = "engine", baseURL, apiKey, model] = ["", "_URL", "_API_KEY", "_MODEL"].map(set);

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

/** The variables that are read here. */
export const others = ["", "_URL", "_API_KEY", "_MODEL"].map((end) => `IMAGE_VARIATIONS_BACKEND${end}`);

export async function createBackend() {
  const make = Object.hasOwn(makers, name) ? makers[name] : undefined;
  if (make) return make();
  throw new TypeError(`IMAGE_VARIATIONS_BACKEND must be one of ${Object.keys(makers).join(", ")}, got "${name}".`);
}

/** Runs until a signal ends it. An invalid setting needs no stack trace. */
export async function run(start) {
  try {
    const running = await start();
    for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => void running.close());
  } catch (error) {
    console.error(error instanceof TypeError ? error.message : error);
    process.exitCode = 1;
  }
}
