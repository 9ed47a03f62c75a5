import type { Backend } from "@image-variations/backends";
import type { CliContext } from "../command-line/cli-context.ts";
import type { BackendFlags } from "./backend-flags.ts";
import { readBackendOptions } from "./backend-options.ts";
import { checkBackendName, createBackend, type BackendName } from "./backends.ts";

/** A backend, and what it is called. */
export interface OpenedBackend {
  readonly name: BackendName;
  readonly backend: Backend;
}

const variable = "IMAGE_VARIATIONS_BACKEND";

/** The variables that say what makes the images: a container has no command line. */
export const backendVariables: readonly string[] = ["", "_URL", "_API_KEY", "_MODEL"].map((end) => variable + end);

/** What the options of each backend are called that have a variable: `_URL`, `_API_KEY` and `_MODEL`. */
const optionNames: Readonly<Record<BackendName, Readonly<Partial<Record<"_URL" | "_API_KEY" | "_MODEL", string>>>>> = {
  engine: {},
  "image-edits": { _URL: "baseURL", _API_KEY: "apiKey", _MODEL: "model" },
  "stable-diffusion-webui": { _URL: "baseURL", _MODEL: "model" },
  comfyui: { _URL: "baseURL", _MODEL: "checkpoint" },
  variations: { _URL: "baseURL", _API_KEY: "apiKey", _MODEL: "model" },
};

/** Whether the command line or the environment names a backend. */
export function namesBackend({ backend }: BackendFlags, environment: CliContext["environment"]): boolean {
  return backend !== undefined || Boolean(environment[variable]);
}

/**
 * Makes the backend that the options name, else that of the environment, else the engine.
 *
 * @throws CliError for a name or an option that does not exist.
 */
export async function openBackend(
  { backend: named, backendOption = [] }: BackendFlags,
  { environment, workingDirectory }: Pick<CliContext, "environment" | "workingDirectory">,
): Promise<OpenedBackend> {
  const name = named ?? checkBackendName(environment[variable] || "engine", variable);
  const fromEnvironment = Object.entries(optionNames[name]).flatMap(([end, option]) => {
    const value = environment[variable + end];
    return value ? [[option, value]] : [];
  });
  const options = await readBackendOptions(backendOption, workingDirectory);
  return { name, backend: await createBackend(name, { ...Object.fromEntries(fromEnvironment), ...options }) };
}
