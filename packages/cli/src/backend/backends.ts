import type { Backend } from "@image-variations/backends";
import { CliError } from "../command-line/cli-error.ts";

/** The backends' names. */
export type BackendName = "engine" | "image-edits" | "stable-diffusion-webui" | "comfyui" | "variations";

/** A backend that a command can be told to use. */
interface BackendEntry {
  /** What makes the images. */
  readonly brief: string;
  readonly load: () => Promise<(options: never) => Backend>;
}

/** The backends by their names, each loaded on first use. */
export const backends: Readonly<Record<BackendName, BackendEntry>> = {
  engine: {
    brief: "the engine, offline, from the image's own pixels",
    load: async () => (await import("@image-variations/backends/engine")).engine,
  },
  "image-edits": {
    brief: "image edits of OpenAI, or of a server that has them",
    load: async () => (await import("@image-variations/backends/image-edits")).imageEdits,
  },
  "stable-diffusion-webui": {
    brief: "a Stable Diffusion web UI",
    load: async () => (await import("@image-variations/backends/stable-diffusion-webui")).stableDiffusionWebUI,
  },
  comfyui: {
    brief: "ComfyUI",
    load: async () => (await import("@image-variations/backends/comfyui")).comfyUI,
  },
  variations: {
    brief: "a server that has POST /images/variations",
    load: async () => (await import("@image-variations/backends/variations")).variations,
  },
};

/** The names of the backends, the default first. */
export const backendNames: readonly BackendName[] = Object.keys(backends) as BackendName[];

/**
 * The name of a backend.
 *
 * @param source Where it was given, such as `IMAGE_VARIATIONS_BACKEND`.
 * @throws CliError if there is no such backend.
 */
export function checkBackendName(name: string, source: string): BackendName {
  const known = backendNames.find((candidate) => candidate === name);
  if (known) return known;
  throw new CliError(`${source} must be one of ${backendNames.join(", ")}; got ${JSON.stringify(name)}.`, {
    exit: "usage",
  });
}

/**
 * Makes a backend. It checks its options itself.
 *
 * @throws CliError for an option that it does not have, or a value that it does not accept.
 */
export async function createBackend(name: BackendName, options: Readonly<Record<string, unknown>>): Promise<Backend> {
  const create = await backends[name].load();
  try {
    return create(options as never);
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw new CliError(cause.message, {
      exit: "usage",
      fix: `Options of a backend are passed as --backend-option name=value; ${docs}#${name} has them all.`,
      cause,
    });
  }
}

const docs = "https://github.com/image-variations/image-variations/blob/main/packages/backends/README.md";
