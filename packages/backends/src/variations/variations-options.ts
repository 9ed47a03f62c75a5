import type { ApiKey, ConnectionOptions } from "../http/connection-options.ts";
import { checkOptions, type OptionChecks } from "../options/check-options.ts";
import { isBaseURL, isNumber, isSecret, isText, oneOf, optional } from "../options/checks.ts";
import { connectionChecks } from "../options/connection-checks.ts";
import { variationsDialects, type VariationsTarget } from "./dialects.ts";

/** What `variations` is made with. */
export interface VariationsOptions extends ConnectionOptions {
  /** The kind of server, which decides what is sent besides the contract's parameters. @default "contract" */
  readonly target?: VariationsTarget | undefined;
  /** Where the API lives, version prefix included. @default the usual place of Xinference, Lemonade or DeepInfra; required for other targets */
  readonly baseURL?: string | undefined;
  /** @default none */
  readonly apiKey?: ApiKey | undefined;
  /** The model to ask for; Xinference and Lemonade need one. @default "black-forest-labs/FLUX-1-Redux-dev" of DeepInfra; of others what the caller asks for */
  readonly model?: string | undefined;
  /** What the images show if the caller does not say; for a server that has prompts. @default none */
  readonly prompt?: string | undefined;
  /** How far images may go if the caller does not say, 0 to 1; for a server that has it. @default the server's */
  readonly strength?: number | undefined;
}

const checks: OptionChecks<VariationsOptions> = {
  target: optional(oneOf(...Object.keys(variationsDialects))),
  baseURL: optional(isBaseURL),
  apiKey: optional(isSecret),
  model: optional(isText),
  prompt: optional(isText),
  strength: optional(isNumber(0, 1)),
  ...connectionChecks,
};

/** @throws TypeError that names the option, what was received and what is allowed. */
export function checkVariationsOptions(options: VariationsOptions): void {
  checkOptions("variations", options, checks);
  const { target = "contract", baseURL, model } = options;
  const dialect = variationsDialects[target];
  if (baseURL === undefined && dialect.baseURL === undefined) {
    throw new TypeError(
      "variations: `baseURL` is missing: the server's URL with its version prefix, such as http://127.0.0.1:8080/v1.",
    );
  }
  if (dialect.needsModel && model === undefined && dialect.model === undefined) {
    throw new TypeError(`variations: \`model\` is missing, which ${dialect.label} needs.`);
  }
}
