import type { ApiKey, ConnectionOptions } from "../http/connection-options.ts";
import { isBaseURL, isFields, isInteger, isNumber, isSecret, isText, oneOf, optional } from "../options/checks.ts";
import { checkOptions, type OptionChecks } from "../options/check-options.ts";
import { connectionChecks } from "../options/connection-checks.ts";
import { imageEditsDialects, type ImageEditsTarget } from "./dialects.ts";

/** What `imageEdits` is made with. */
export interface ImageEditsOptions extends ConnectionOptions {
  /** The kind of server, which decides what is sent and what is not. @default "openai" */
  readonly target?: ImageEditsTarget | undefined;
  /** Where the API lives, version prefix included. @default that of the target: `https://api.openai.com/v1`, or its usual port on this machine */
  readonly baseURL?: string | undefined;
  /** @default `OPENAI_API_KEY`, but only if `baseURL` is OpenAI's; else none */
  readonly apiKey?: ApiKey | undefined;
  /** The model to ask for. @default "gpt-image-2.6-flare" of OpenAI, and no model of other servers, which have one */
  readonly model?: string | undefined;
  /** What images cost depends on it: `low`, `medium`, `high` or `auto`. @default "low" of OpenAI; not sent to other servers */
  readonly quality?: string | undefined;
  /** What is asked for. A caller's own prompt is added to it. @default an instruction to make a new variation */
  readonly prompt?: string | undefined;
  /** How far images may go if the caller does not say, 0 to 1; only for sd-server. @default 0.6 */
  readonly strength?: number | undefined;
  /** Width and height to ask for in pixels; images are scaled down to what the caller wants. @default at least 1024 of OpenAI, at least 512 of others */
  readonly renderSize?: number | undefined;
  /** More form fields, such as `{ negative_prompt: "text" }`, for a server that knows them. */
  readonly fields?: Readonly<Record<string, string | number | boolean>> | undefined;
}

/** What the backend itself sends, or never sends because no image comes back in a form that it can read. */
const ownFields: ReadonlySet<string> = new Set([
  "image",
  "image[]",
  "prompt",
  "n",
  "size",
  "model",
  "quality",
  "stream",
  "partial_images",
  "response_format",
]);

const checks: OptionChecks<ImageEditsOptions> = {
  target: optional(oneOf(...Object.keys(imageEditsDialects))),
  baseURL: optional(isBaseURL),
  apiKey: optional(isSecret),
  model: optional(isText),
  quality: optional(isText),
  prompt: optional(isText),
  strength: optional(isNumber(0, 1)),
  renderSize: optional(isInteger(16, 4_096)),
  fields: optional((value) => {
    const taken = Object.keys(Object(value)).find((name) => ownFields.has(name));
    return taken === undefined ? isFields(value) : `without ${taken}, which the backend sets itself`;
  }),
  ...connectionChecks,
};

/** @throws TypeError that names the option, what was received and what is allowed. */
export function checkImageEditsOptions(options: ImageEditsOptions): void {
  checkOptions("imageEdits", options, checks);
}
