import type { TransportAnswer } from "../transport/transport.ts";
import { UnexpectedResponseError } from "./api-error.ts";

/** The error for an answer that is none, `cause` being what led to that verdict, if there is more to say. */
export function unexpectedResponse(
  { status, headers }: TransportAnswer,
  message: string,
  cause?: unknown,
): UnexpectedResponseError {
  return Object.assign(
    new UnexpectedResponseError(status, undefined, message, new Headers([...headers])),
    cause ? { cause } : undefined,
  );
}
