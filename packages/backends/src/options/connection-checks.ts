import type { ConnectionOptions } from "../http/connection-options.ts";
import type { OptionChecks } from "./check-options.ts";
import { isCodec, isFunction, isHeaders, isInteger, isNumber, optional } from "./checks.ts";

/** The checks of the options that all backends over HTTP have. A timer holds 31 bits of milliseconds. */
export const connectionChecks: OptionChecks<ConnectionOptions> = {
  timeout: optional(isNumber(1, 2_147_483_647)),
  maxRetries: optional(isInteger(0, 100)),
  headers: optional(isHeaders),
  fetch: optional(isFunction),
  maxResponseBytes: optional(isInteger(1, Number.MAX_SAFE_INTEGER)),
  codec: optional(isCodec),
};
