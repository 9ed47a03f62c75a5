import { type RequestName, requestLine } from "./request-line.ts";
import { UnexpectedResponseError } from "./api-error.ts";
import { describeError } from "./describe-error.ts";

/** The response that an error is about. */
interface ResponseHead {
  readonly status: number;
  readonly headers: Iterable<[name: string, value: string]>;
  readonly request?: RequestName | undefined;
}

/**
 * The error for a success that is not what the contract says.
 *
 * @param cause The reason, if there is more to say.
 * @param body What the response says of an error, if it does.
 */
export function unexpectedResponse(
  { status, headers, request }: ResponseHead,
  message: string,
  cause?: unknown,
  body?: object,
): UnexpectedResponseError {
  const text = request ? `${message} (${requestLine(request)})` : message;
  const facts = { ...describeError(body), message: text };
  const error = new UnexpectedResponseError(status, body, text, new Headers([...headers]), facts);
  return cause ? Object.assign(error, { cause }) : error;
}
