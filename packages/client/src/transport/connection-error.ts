import { APIConnectionError, APIConnectionTimeoutError } from "../errors/api-error.ts";
import { OpenAIError } from "../errors/openai-error.ts";
import { requestLine } from "../errors/request-line.ts";
import type { TransportRequest } from "./transport.ts";

interface Reason {
  readonly message?: string;
  readonly code?: string;
  readonly cause?: unknown;
}

/**
 * The error for a request whose connection failed, which says why. An error of ours stays as it is.
 *
 * @param cause What the runtime, or the caller's own `fetch`, threw.
 */
export function connectionError(request: Pick<TransportRequest, "method" | "url">, cause: unknown): OpenAIError {
  if (cause instanceof OpenAIError) return cause;
  const reasons = [cause, (cause as Reason | null | undefined)?.cause].map(
    (reason) => (reason as Reason | undefined)?.message || (reason as Reason | undefined)?.code || reason,
  );
  const why = reasons.filter(Boolean).map(String).join(": ");
  const message = `${why || "closed"} (${requestLine(request)})`;
  const isLimitOfNode = /(Headers|Body) Timeout Error/.test(why);
  const advice = isLimitOfNode
    ? " This is the limit of Node's own fetch, 300 s, and not `timeout`: use `nodeTransport()`, or pass an undici `Agent` as `fetchOptions.dispatcher`."
    : "";
  return /timed? ?out/i.test(why)
    ? new APIConnectionTimeoutError({ message: `Request timed out. ${message}${advice}`, cause })
    : new APIConnectionError({ message: `Connection error. ${message}`, cause });
}
