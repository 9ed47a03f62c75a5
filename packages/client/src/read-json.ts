import { parseJson } from "./parse-json.ts";
import { readText } from "./read-text.ts";
import type { TransportAnswer } from "./transport/transport.ts";

/**
 * The object in an answer's JSON body.
 *
 * @throws UnexpectedResponseError where the body is not a JSON object, or too large.
 * @throws APIConnectionError where the body breaks off.
 */
export async function readJson(answer: TransportAnswer, maximumBytes: number): Promise<object> {
  return parseJson(answer, await readText(answer, maximumBytes));
}
