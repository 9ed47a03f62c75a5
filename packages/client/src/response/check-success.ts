import { describeError } from "../errors/describe-error.ts";
import { unexpectedResponse } from "../errors/unexpected-response.ts";
import type { TransportResponse } from "../transport/transport.ts";
import type { ResponseFacts } from "./response-facts.ts";

/**
 * The value of a success, if it has what the contract says. Gateways send errors with status 200, and empty objects.
 *
 * @throws UnexpectedResponseError with what the server says instead.
 */
export function checkSuccess(response: TransportResponse, value: unknown, { files, required }: ResponseFacts): unknown {
  const body = Object(value) as Readonly<Record<string, unknown>>;
  const list = files && body[files.list];
  const isExpected = files
    ? Array.isArray(list) && !(body["error"] && list.length === 0)
    : !required || required.some((name) => name in body);
  if (isExpected) return value;
  const expected = files?.called ?? "a success";
  const missing = (files ? [files.list] : (required ?? [])).map((name) => `\`${name}\``).join(" or ");
  const said = describeError(body).message ?? `a response without ${missing}`;
  throw unexpectedResponse(response, `Expected ${expected}, got: ${said}`, undefined, body);
}
