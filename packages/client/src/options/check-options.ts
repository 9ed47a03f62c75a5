import { checkHeaderText } from "../transport/check-header-text.ts";
import { OpenAIError } from "../errors/openai-error.ts";

/** What is checked of the options of a client or of a request. */
interface CheckedOptions {
  readonly apiKey: unknown;
  readonly timeout: number;
  readonly maxRetries: number;
  readonly maxResponseBytes: number;
  readonly maxUploadBytes?: number | undefined;
  readonly fetchOptions?: object | undefined;
}

/**
 * Checks the options that could otherwise fail, or loop, in the middle of a request.
 *
 * @throws OpenAIError that names the option, and does not show the key.
 */
export function checkOptions(options: CheckedOptions): void {
  const { apiKey } = options;
  checkNumber("timeout", options.timeout, 1, Infinity);
  checkNumber("maxRetries", options.maxRetries, 0);
  checkNumber("maxResponseBytes", options.maxResponseBytes, 1, Infinity);
  checkNumber("maxUploadBytes", options.maxUploadBytes ?? Infinity, 1, Infinity);
  if (typeof apiKey !== "function") checkHeaderText("`apiKey`", apiKey);
  rejectUnsupported(options.fetchOptions, "body headers method");
}

/** @param endless Infinity, if that is allowed as well. */
function checkNumber(name: string, value: unknown, minimum: number, endless?: number): void {
  if (value === endless || (Number.isSafeInteger(value) && (value as number) >= minimum)) return;
  const got = typeof value === "number" ? value : typeof value;
  throw new OpenAIError(`\`${name}\` must be a whole number, at least ${minimum}, got ${got}.`);
}

/**
 * Rejects options that would be ignored.
 *
 * @param names Separated by spaces.
 * @throws OpenAIError that names the option.
 */
export function rejectUnsupported(options: object | undefined, names: string): void {
  for (const name of names.split(" ")) {
    if (options?.[name as never]) throw new OpenAIError(`Option \`${name}\` is not supported by this client.`);
  }
}
