import type { ConnectionOptions } from "../http/connection-options.ts";
import { checkOptions, type OptionChecks } from "../options/check-options.ts";
import { isBaseURL, isInteger, isNumber, isRecord, isText, optional, type Check } from "../options/checks.ts";
import { connectionChecks } from "../options/connection-checks.ts";
import { type ComfyUIWorkflow, placeholdersIn } from "./fill-workflow.ts";

/** What `comfyUI` is made with. */
export interface ComfyUIOptions extends ConnectionOptions {
  /** Where it listens. @default "http://127.0.0.1:8188" */
  readonly baseURL?: string | undefined;
  /**
   * A workflow of your own, in API format ("Export (API)"), with `%image%` and `%seed%` in it, and if you like `%denoise%`,
   * `%n%`, `%width%`, `%height%` and `%prompt%`. Without `%n%` it is run once for every image. @default image to image
   */
  readonly workflow?: ComfyUIWorkflow | undefined;
  /** The id of the node whose images count. @default every node that saves images */
  readonly outputNode?: string | undefined;
  /** The checkpoint of the built-in workflow. @default the first one that ComfyUI lists */
  readonly checkpoint?: string | undefined;
  /** What the images show, if the caller does not say. @default "a high quality image, rich in detail" */
  readonly prompt?: string | undefined;
  /** What the images of the built-in workflow must not show. @default "" */
  readonly negativePrompt?: string | undefined;
  /** How far images may go if the caller does not say, 0 to 1: `%denoise%`. @default 0.6 */
  readonly strength?: number | undefined;
  /** Of the built-in workflow. @default 20 */
  readonly steps?: number | undefined;
  /** Of the built-in workflow: how closely the prompt is followed. @default 7 */
  readonly cfgScale?: number | undefined;
  /** Of the built-in workflow. @default "euler" */
  readonly sampler?: string | undefined;
  /** Of the built-in workflow. @default "normal" */
  readonly scheduler?: string | undefined;
  /** Width and height to render in pixels; images are scaled to what the caller wants. @default the caller's size, at least 512 */
  readonly renderSize?: number | undefined;
  /** How many images a job draws at once: `%n%`. More are faster on a large GPU, but take its memory, and the first one comes later. @default 1 */
  readonly batchSize?: number | undefined;
  /** How long a job may take, its time in ComfyUI's queue included, in milliseconds. It is cancelled then. @default 600_000 */
  readonly jobTimeout?: number | undefined;
}

const isWorkflow: Check = (value) => {
  if (!isRecord(value)) return "an object: the nodes of a workflow in API format";
  if (Array.isArray(value["nodes"]))
    return "a workflow in API format (Export (API)), not the one that the editor saves";
  const nodes = Object.entries(value);
  const wrong = nodes.find(
    ([, node]) => !isRecord(node) || typeof node["class_type"] !== "string" || !isRecord(node["inputs"]),
  );
  if (wrong) return `made of nodes with class_type and inputs, which ${JSON.stringify(wrong[0])} is not`;
  const found = placeholdersIn(value);
  if (!found.has("image")) return "a workflow with the placeholder %image%, such as for the image of LoadImage";
  return found.has("seed")
    ? undefined
    : "a workflow with the placeholder %seed%, without which all images are the same";
};

const checks: OptionChecks<ComfyUIOptions> = {
  baseURL: optional(isBaseURL),
  workflow: optional(isWorkflow),
  outputNode: optional(isText),
  checkpoint: optional(isText),
  prompt: optional(isText),
  negativePrompt: optional((value) => (typeof value === "string" ? undefined : "a string")),
  strength: optional(isNumber(0, 1)),
  steps: optional(isInteger(1, 1_000)),
  cfgScale: optional(isNumber(0, 100)),
  sampler: optional(isText),
  scheduler: optional(isText),
  renderSize: optional(isInteger(64, 4_096)),
  batchSize: optional(isInteger(1, 100)),
  jobTimeout: optional(isNumber(1, 2_147_483_647)),
  ...connectionChecks,
};

/** Options that only the built-in workflow has. */
const builtIn = ["checkpoint", "negativePrompt", "steps", "cfgScale", "sampler", "scheduler"] as const;

/** @throws TypeError that names the option, what was received and what is allowed. */
export function checkComfyUIOptions(options: ComfyUIOptions): void {
  checkOptions("comfyUI", options, checks);
  const { workflow, outputNode } = options;
  if (!workflow) return;
  const lost = builtIn.find((name) => options[name] !== undefined);
  if (lost) throw new TypeError(`comfyUI: \`${lost}\` is for the built-in workflow. Set it in \`workflow\` itself.`);
  if (outputNode !== undefined && !Object.hasOwn(workflow, outputNode)) {
    const ids = Object.keys(workflow).join(", ");
    throw new TypeError(
      `comfyUI: \`outputNode\` must be the id of a node in \`workflow\` (${ids}), got "${outputNode}".`,
    );
  }
}
