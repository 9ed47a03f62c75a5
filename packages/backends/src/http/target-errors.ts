import { APIConnectionError, OpenAIError, UnexpectedResponseError } from "@image-variations/client";
import { BackendError } from "../backend-error.ts";
import { readFailureDetails } from "./failure-details.ts";
import { type FailureContext, toBackendError } from "./failure-policy.ts";

export interface TargetErrorContext extends FailureContext {
  /** What to do if nothing listens there. */
  readonly startHint: string;
  readonly maxResponseBytes: number;
  /** Takes credentials out of a text. */
  readonly clean: (text: string) => string;
}

/** A response that says that the request failed. */
export interface FailedResponse {
  readonly status: number;
  readonly text: string;
  readonly retryAfter: string | null | undefined;
  /** The method and the URL. */
  readonly request: string;
}

/** The errors of one target, none of which has credentials in it. */
export interface TargetErrors {
  ofResponse(response: FailedResponse): BackendError;
  /** For what the client throws. */
  ofConnection(error: unknown, request: string): BackendError;
  /** @param timeout Milliseconds. */
  ofTimeout(request: string, timeout: number): BackendError;
  /** For a response that says it is fine, but is not what it should be. */
  unexpected(message: string, cause?: unknown): BackendError;
}

export function targetErrors(context: TargetErrorContext): TargetErrors {
  const { label, startHint, maxResponseBytes, clean } = context;

  const messageOf = (error: unknown, request: string): [status: number, message: string] => {
    if (error instanceof UnexpectedResponseError && /maxResponseBytes/.test(error.message)) {
      return [502, `The response of ${label} to ${request} exceeds \`maxResponseBytes\` (${maxResponseBytes} bytes).`];
    }
    if (error instanceof APIConnectionError) {
      const code = connectionCode(error);
      return code !== undefined && unreachable.has(code)
        ? [503, `${label} cannot be reached (${code}) for ${request}. ${startHint}`]
        : [502, `The connection to ${label} broke during ${request}${code ? ` (${code})` : ""}.`];
    }
    // What else the client says is about redirects, and about responses that are something else.
    if (error instanceof OpenAIError) return [502, `${label}, ${request}: ${error.message}`];
    return [500, `${label}, ${request}: ${String(error)}`];
  };

  return {
    ofResponse({ status, text, retryAfter, request }) {
      const details = readFailureDetails(text.slice(0, 1_000_000));
      const message = details.message === undefined ? undefined : clean(details.message);
      return toBackendError({ ...details, message, status, request, retryAfter: readRetryAfter(retryAfter) }, context);
    },
    ofTimeout(request, timeout) {
      const seconds = timeout / 1_000;
      const message = `${label} did not respond to ${request} within ${seconds} s. Raise \`timeout\` if it needs longer.`;
      return new BackendError(message, { status: 504 });
    },
    ofConnection(error, request) {
      if (error instanceof BackendError) return error;
      const [status, message] = messageOf(error, request);
      return new BackendError(clean(message), { status, cause: withoutSecrets(error, clean) });
    },
    unexpected: (message, cause) =>
      new BackendError(clean(`${label}: ${message}`), { status: 502, ...(cause !== undefined && { cause }) }),
  };
}

const unreachable: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ConnectionRefused", // Bun's
]);

/** What the system said, however deep it is wrapped: `ECONNREFUSED`, for example. */
function connectionCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  const deeper = connectionCode(cause) ?? (Array.isArray(errors) ? connectionCode(errors[0]) : undefined);
  return deeper ?? (typeof code === "string" ? code : undefined);
}

/** An error that can be logged: a runtime may quote a header that it rejects. */
function withoutSecrets(error: unknown, clean: (text: string) => string): Error {
  const message = error instanceof Error ? error.message : String(error);
  const inner = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : "";
  return new Error(clean(message + inner));
}

/** Seconds, from a number or a date; undefined if it is neither, or in the past. */
function readRetryAfter(value: string | null | undefined): number | undefined {
  if (!value) return undefined;
  const seconds = /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : (Date.parse(value) - Date.now()) / 1_000;
  return seconds >= 0 && seconds < 86_400 ? Math.ceil(seconds) : undefined;
}
