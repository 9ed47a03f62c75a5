import type { ResolvedOptions } from "../options/runtime-options.ts";
import { APIPromise } from "../response/api-promise.ts";
import { checkSuccess } from "../response/check-success.ts";
import { parseJson } from "../response/parse-json.ts";
import { readBody } from "../response/read-body.ts";
import { withRequestID } from "../response/with-request-id.ts";
import { orAbort } from "../transport/or-abort.ts";
import { acceptResponse } from "./binding.ts";
import { type MethodCall, sendCall, type SentCall } from "./send-call.ts";

/**
 * Calls a method of a contract.
 *
 * @throws APIError, in the class of the response's status; APIConnectionError if there is no response; TypeError,
 *   UploadError or OpenAIError if it can't be sent.
 */
export function callMethod<Options extends ResolvedOptions>(call: MethodCall<Options>): APIPromise<object> {
  const sent = sendCall(call);
  return new APIPromise(
    sent.then(({ exchange }) => exchange.response),
    async () => {
      const accepted = await sent;
      return orAbort(() => readResult(call, accepted), accepted.context.signal);
    },
  );
}

/**
 * The result in a response. If its body breaks off, the request is sent again, as often as may be.
 *
 * @throws UnexpectedResponseError if the body is not what the contract says, or is too large, APIConnectionError if it
 *   breaks off.
 */
async function readResult<Options extends ResolvedOptions>(
  { binding, name }: MethodCall<Options>,
  { context, exchange }: SentCall<Options>,
): Promise<object> {
  const { response, bytes } = await exchange.read(async (current) => {
    const accepted = await acceptResponse(binding, context, current);
    return { response: accepted, bytes: await readBody(accepted, context.maxResponseBytes) };
  });
  const { operations, parseContent } = binding.contract;
  const facts = operations[name]?.response;
  const value = facts
    ? checkSuccess(response, parseJson(response, new TextDecoder().decode(bytes), facts), facts)
    : parseContent?.(response, bytes);
  const check = binding.successCheckOf?.(context, name);
  // As unknown as what the interface of the methods says: of JSON, text and files, only the first is an object.
  return withRequestID(check ? await check(response, value) : value, response) as object;
}
