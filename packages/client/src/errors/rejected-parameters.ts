import type { StandardSchemaV1 } from "@standard-schema/spec";
import { BadRequestError } from "./api-error.ts";

/** The error that the server's 400 would be, for what a validator found before anything was sent. `cause` has the issues. */
export function rejectedParameters(message: string, issues: readonly StandardSchemaV1.Issue[]): BadRequestError {
  const step = issues[0]?.path?.[0] ?? null;
  const param = typeof step === "object" && step ? step.key : step;
  const error = { code: null, message, param, type: "invalid_request_error" };
  return Object.assign(new BadRequestError(400, error, undefined, new Headers()), { cause: issues });
}
