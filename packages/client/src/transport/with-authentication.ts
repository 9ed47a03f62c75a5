import { OpenAIError } from "../errors/openai-error.ts";
import type { TransportLayer } from "./transport.ts";

/**
 * Says who asks, unless the request says so itself.
 *
 * @param apiKey The key, or a function that is asked for one at every attempt.
 * @throws OpenAIError where the function returns no key.
 */
export function withAuthentication(apiKey: string | (() => Promise<string>)): TransportLayer {
  return (next) => async (request) => {
    if (request.headers.has("authorization")) return next(request);
    const key = typeof apiKey === "function" ? await apiKey() : apiKey;
    if (!key || typeof key !== "string") {
      throw new OpenAIError(
        `Expected the \`apiKey\` function to return a non-empty string, got ${JSON.stringify(key)}.`,
      );
    }
    const headers = new Headers(request.headers);
    headers.set("authorization", `Bearer ${key}`);
    return next({ ...request, headers });
  };
}
