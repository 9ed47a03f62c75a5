import { checkHeaderText } from "./check-header-text.ts";
import { OpenAIError } from "./errors/openai-error.ts";

/** What is checked of the options of a client or of a request. */
interface CheckedOptions {
  readonly apiKey: unknown;
  readonly organization: string | null;
  readonly project: string | null;
  readonly timeout: number;
  readonly maxRetries: number;
  readonly maxResponseBytes: number;
  readonly maxUploadBytes?: number | undefined;
  readonly fetchOptions?: object | undefined;
}

/** The least that each number may be. All but the retries may be Infinity. */
const minima = { timeout: 1, maxRetries: 0, maxResponseBytes: 1, maxUploadBytes: 1 };

/**
 * Checks the options that could otherwise fail, or loop, in the middle of a request.
 *
 * @throws OpenAIError that names the option, and does not show the key.
 */
export function checkOptions(options: CheckedOptions): void {
  for (const [name, minimum] of Object.entries(minima)) {
    const value: unknown = options[name as keyof typeof minima] ?? minimum;
    const isAllowed = Number.isSafeInteger(value) || (value === Infinity && minimum > 0);
    if (isAllowed && !((value as number) < minimum)) continue;
    const got = typeof value === "number" ? value : typeof value;
    throw new OpenAIError(`\`${name}\` must be a whole number, at least ${minimum}, got ${got}.`);
  }
  const { apiKey, organization, project } = options;
  if (typeof apiKey !== "function") checkHeaderText("`apiKey`", apiKey);
  checkHeaderText("`organization`", organization);
  checkHeaderText("`project`", project);
  rejectUnsupported(options.fetchOptions, "body headers method");
}

/**
 * Rejects options that would be ignored.
 *
 * @param names Separated by spaces.
 * @throws OpenAIError that names the option.
 */
export function rejectUnsupported(options: object | undefined, names: string): void {
  for (const name of names.split(" ")) {
    if (options?.[name as never]) throw new OpenAIError(`This client has no option \`${name}\`.`);
  }
}
