import type { ConnectionOptions } from "../http/connection-options.ts";
import { checkOptions, type OptionChecks } from "../options/check-options.ts";
import { isBaseURL, isInteger, isNumber, isSecret, isText, oneOf, optional } from "../options/checks.ts";
import { connectionChecks } from "../options/connection-checks.ts";

/** A server that has `POST /sdapi/v1/img2img`. */
export type StableDiffusionWebUITarget = "webui" | "sd-server" | "xinference" | "koboldcpp";

/** What `stableDiffusionWebUI` is made with. */
export interface StableDiffusionWebUIOptions extends ConnectionOptions {
  /** The kind of server: AUTOMATIC1111, Forge and SD.Next are `webui`. @default "webui" */
  readonly target?: StableDiffusionWebUITarget | undefined;
  /** Where it listens. @default "http://127.0.0.1:7860" */
  readonly baseURL?: string | undefined;
  /** For HTTP Basic, which `--api-auth` turns on. */
  readonly username?: string | undefined;
  /** For HTTP Basic. */
  readonly password?: string | undefined;
  /** The checkpoint. Xinference needs one. @default the one that is loaded */
  readonly model?: string | undefined;
  /** What the images show, if the caller does not say. @default "a high quality image, rich in detail" */
  readonly prompt?: string | undefined;
  /** What the images must not show. @default "" */
  readonly negativePrompt?: string | undefined;
  /** How far images may go if the caller does not say, 0 to 1. @default 0.55 */
  readonly strength?: number | undefined;
  /** @default 20 */
  readonly steps?: number | undefined;
  /** How closely the prompt is followed. @default 7 */
  readonly cfgScale?: number | undefined;
  /** @default "Euler a" */
  readonly sampler?: string | undefined;
  /** Width and height to render in pixels; images are scaled to what the caller wants. @default the caller's size, at least 512 */
  readonly renderSize?: number | undefined;
  /** How many images are drawn at once. More are faster on a large GPU, but take its memory, and the first one comes later. @default 1 */
  readonly batchSize?: number | undefined;
  /** How many requests are under way at once; the others wait. Progress and cancelling need 1. @default 1 */
  readonly concurrency?: number | undefined;
}

const isAnyText = (value: unknown): string | undefined => (typeof value === "string" ? undefined : "a string");

const checks: OptionChecks<StableDiffusionWebUIOptions> = {
  target: optional(oneOf("webui", "sd-server", "xinference", "koboldcpp")),
  baseURL: optional(isBaseURL),
  username: optional(isText),
  password: optional(isSecret),
  model: optional(isText),
  prompt: optional(isText),
  negativePrompt: optional(isAnyText),
  strength: optional(isNumber(0, 1)),
  steps: optional(isInteger(1, 1_000)),
  cfgScale: optional(isNumber(0, 100)),
  sampler: optional(isText),
  renderSize: optional(isInteger(64, 4_096)),
  batchSize: optional(isInteger(1, 100)),
  concurrency: optional(isInteger(1, 1_000)),
  ...connectionChecks,
};

/** @throws TypeError that names the option, what was received and what is allowed. */
export function checkStableDiffusionWebUIOptions(options: StableDiffusionWebUIOptions): void {
  checkOptions("stableDiffusionWebUI", options, checks);
  const { username, password, target, model } = options;
  if ((username === undefined) !== (password === undefined)) {
    throw new TypeError("stableDiffusionWebUI: `username` and `password` belong together, got only one of them.");
  }
  if (target === "xinference" && model === undefined) {
    throw new TypeError(
      "stableDiffusionWebUI: `model` is missing, which Xinference needs: the UID of a running model.",
    );
  }
}
