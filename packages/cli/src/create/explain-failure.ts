import {
  APIConnectionError,
  APIConnectionTimeoutError,
  APIError,
  APIUserAbortError,
  AuthenticationError,
  OpenAIError,
  RateLimitError,
  UnexpectedResponseError,
} from "@image-variations/client";
import { SaveVariationError } from "@image-variations/client/node";
import { CliError } from "../command-line/cli-error.ts";
import { writeError } from "../files/file-errors.ts";
import { describeImages } from "./describe-amount.ts";

/** What is known of a request that failed. */
export interface FailedRequest {
  /** How the target is called. */
  readonly label: string;
  /** Whether it is in this process. */
  readonly isLocal: boolean;
  /** The folder that images were written to, as the user would type it. */
  readonly folder: string;
  /** How many images were asked for. */
  readonly n: number;
  /** How many are saved. */
  readonly saved: number;
  readonly hiddenFailure: unknown;
}

/** The sentence and the fix for a request that failed; the error itself if it is a fault of this program. */
export function explainFailure(error: unknown, request: FailedRequest): unknown {
  if (error instanceof CliError || error instanceof APIUserAbortError) return error;
  const cause = error instanceof SaveVariationError ? error.cause : error;
  if (cause instanceof CliError || cause instanceof APIUserAbortError) return cause;
  const explained = writeError(cause, request.folder) ?? explain(cause, request);
  if (!explained) return error;
  const { saved, n } = request;
  if (saved === 0) return explained;
  const rest = n - saved;
  const kept = `${describeImages(saved)} of ${n} ${saved === 1 ? "is" : "are"} saved`;
  return new CliError(explained.message, {
    exit: explained.exit,
    fix: `${kept}; -n ${rest} makes the rest. ${explained.fix ?? ""}`.trim(),
    details: explained.details,
    cause: explained.cause,
  });
}

function explain(error: unknown, { label, isLocal, hiddenFailure }: FailedRequest): CliError | undefined {
  if (error instanceof APIConnectionTimeoutError) {
    return new CliError(`${label} did not respond in time.`, {
      fix: "--timeout waits longer; -n and --size ask for less.",
      cause: error,
    });
  }
  if (error instanceof APIConnectionError) {
    return new CliError(`${label} can't be reached, or broke off the connection: ${rootOf(error)}.`, {
      fix: "Check the URL, and that the server runs; --backend engine needs no server.",
      cause: error,
    });
  }
  if (error instanceof UnexpectedResponseError) {
    return new CliError(`${label} sent a response that is not in the contract: ${error.message}`, {
      fix: `image-variations conform ${isLocal ? "URL" : label} shows how it differs.`,
      details: detailsOf(error),
      cause: error,
    });
  }
  if (error instanceof APIError) {
    const { status = 500 } = error;
    const said = error.message.replace(/^\d{3} /, "");
    const hidden = hiddenFailure instanceof Error && status >= 500 ? ` (${hiddenFailure.message})` : "";
    return new CliError(
      status >= 500 ? `${label} failed with ${status}: ${said}${hidden}` : `${label} rejected the request: ${said}`,
      {
        exit: status >= 500 ? "failed" : "rejected",
        ...fixOf(error),
        details: detailsOf(error),
        cause: hiddenFailure ?? error,
      },
    );
  }
  // Its messages are sentences: a key that can't stand in a header, an image that is truncated.
  if (error instanceof OpenAIError) return new CliError(error.message, { cause: error });
  return undefined;
}

function fixOf(error: APIError): { fix?: string } {
  if (error instanceof AuthenticationError) return { fix: "Pass its key: --api-key, or OPENAI_API_KEY." };
  if (error instanceof RateLimitError) return { fix: "Try again later; --retries tries again by itself." };
  if (error.status === 404) return { fix: "Check the URL: it has the version prefix in it, such as /v1." };
  return {};
}

function detailsOf({ status, code, param, type, requestID }: APIError): readonly string[] {
  const facts = { status, code, param, type, "request id": requestID };
  return Object.entries(facts).flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [`${name}: ${value}`],
  );
}

/** What the runtime said in the end, without what it was wrapped in: `ECONNREFUSED`, for example. */
function rootOf(error: Error): string {
  let root: Error & { readonly code?: string } = error;
  while (root.cause instanceof Error) root = root.cause;
  return root.code ?? root.message.replace(/\.$/, "");
}
