import type { ImageCodec } from "../codec/image-codec.ts";
import { checkOptions, type OptionChecks } from "../options/check-options.ts";
import { isCodec, isFlag, isInteger, isNumber, oneOf, optional } from "../options/checks.ts";

/** What `engine` is made with. */
export interface EngineOptions {
  /** How far images may go if the caller does not say, 0 (nearly the same) to 1. @default 0.6 */
  readonly strength?: number | undefined;
  /** How freely parts are rearranged, 0 to 1.1. @default "auto" */
  readonly remix?: number | "auto" | undefined;
  /** Whether images may be mirrored: `auto`, `never` or `always`. @default "auto" */
  readonly flip?: "auto" | "never" | "always" | undefined;
  /** Whether light and color may change. @default true */
  readonly tone?: boolean | undefined;
  /** How many threads work at once for all requests together; 0 works on the calling thread. @default the number of cores */
  readonly workers?: number | undefined;
  /** Decodes the image, and encodes the variations. @default sharp on Node, a canvas in browsers */
  readonly codec?: ImageCodec | undefined;
}

const checks: OptionChecks<EngineOptions> = {
  strength: optional(isNumber(0, 1)),
  remix: optional((value) =>
    value === "auto" || !isNumber(0, 1.1)(value) ? undefined : '"auto" or a number from 0 to 1.1',
  ),
  flip: optional(oneOf("auto", "never", "always")),
  tone: optional(isFlag),
  workers: optional(isInteger(0, 64)),
  codec: optional(isCodec),
};

/** @throws TypeError that names the option, what was received and what is allowed. */
export function checkEngineOptions(options: EngineOptions): void {
  checkOptions("engine", options, checks);
}
