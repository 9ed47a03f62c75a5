import { APIConnectionError, APIError, OpenAIError } from "@image-variations/client";
import { DemoError } from "./demo-error.ts";

/** The sentence for a failure that a person can do something about; undefined for a fault of the program. */
export function describeFailure(error: unknown, server: string): string | undefined {
  if (error instanceof APIConnectionError)
    return `No response from ${server} (${rootOf(error)}). Is the server running?`;
  if (error instanceof APIError) return `${server} rejected the request: ${error.message}`;
  const expected = [DemoError, OpenAIError];
  return expected.some((kind) => error instanceof kind) ? (error as Error).message : undefined;
}

/** What the runtime said in the end, without what it was wrapped in: `ECONNREFUSED`, for example. */
function rootOf(error: Error): string {
  let root: Error & { code?: string } = error;
  while (root.cause instanceof Error) root = root.cause;
  return root.code ?? root.message;
}
