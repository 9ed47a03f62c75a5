import { requestLine } from "../request-line.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { UnexpectedResponseError } from "./api-error.ts";
import { describeError } from "./describe-error.ts";

/**
 * The error for a success that is not what the contract says.
 *
 * @param cause What led to that verdict, if there is more to say.
 * @param body What the response says of an error, if it does.
 */
export function unexpectedResponse(
  { status, headers, request }: Pick<TransportResponse, "status" | "headers" | "request">,
  message: string,
  cause?: unknown,
  body?: object,
): UnexpectedResponseError {
  const text = request ? `${message} (${requestLine(request)})` : message;
  const facts = { ...describeError(body), message: text };
  const error = new UnexpectedResponseError(status, body, text, new Headers([...headers]), facts);
  return cause ? Object.assign(error, { cause }) : error;
}
