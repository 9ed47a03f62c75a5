import { checkHeaderText } from "./check-header-text.ts";
import { OpenAIError } from "../errors/openai-error.ts";
import type { TransportLayer } from "./transport.ts";

/** A key, or a function that is asked for one before every attempt. */
export type ApiKey = string | (() => Promise<string>);

/** Stands in for the key, so that a caller can replace the header, or remove it, like any other. */
export const keyPlaceholder = "{apiKey}";

/**
 * Sets the API key in place of the placeholder; without one, the request stays as it is.
 *
 * @throws OpenAIError if the function fails, or returns something that is not a key.
 */
export function withAuthentication(apiKey: ApiKey | null): TransportLayer {
  return (next) => async (request) => {
    if (apiKey === null || request.headers.get("authorization") !== keyPlaceholder) return next(request);
    const headers = new Map(request.headers);
    headers.set("authorization", `Bearer ${checkHeaderText("`apiKey`", await textOfKey(apiKey))}`);
    return next({ ...request, headers });
  };
}

/**
 * The key itself.
 *
 * @throws OpenAIError if the function fails, or returns something that is not a key.
 */
export async function textOfKey(apiKey: ApiKey): Promise<string> {
  if (typeof apiKey !== "function") return apiKey;
  let key: unknown;
  try {
    key = await apiKey();
  } catch (cause) {
    throw new OpenAIError(`The \`apiKey\` function failed: ${String(cause)}`, { cause });
  }
  if (typeof key === "string" && key) return key;
  throw new OpenAIError(
    `The \`apiKey\` function must return a non-empty string, got ${key === "" ? "an empty one" : typeof key}.`,
  );
}
