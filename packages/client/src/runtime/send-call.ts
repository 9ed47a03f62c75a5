import { OpenAIError } from "../errors/openai-error.ts";
import type { RequestOptions } from "../options/request-options.ts";
import type { ResolvedOptions } from "../options/runtime-options.ts";
import { type RequestContext, withRequestOptions } from "../options/with-request-options.ts";
import type { CallParameters } from "../request/contract.ts";
import { prepareRequest } from "../request/prepare-request.ts";
import { createSend } from "../transport/create-transport.ts";
import { orAbort } from "../transport/or-abort.ts";
import type { Exchange } from "../transport/with-retries.ts";
import { holdStreams } from "../uploads/hold-streams.ts";
import { acceptResponse, type Binding } from "./binding.ts";

/** A call of a method: the client, as it is now, and what the caller gives. */
export interface MethodCall<Options extends ResolvedOptions = ResolvedOptions> {
  readonly binding: Binding<Options>;
  readonly client: Options;
  /** The operation, as `POST /images/variations`. */
  readonly name: string;
  /** The body, or `{ params, body }` if the operation has parameters. */
  readonly input: unknown;
  readonly options: RequestOptions;
}

/** A request that the server accepted: the options it was made with, and its response, unread. */
export interface SentCall<Options extends ResolvedOptions = ResolvedOptions> {
  readonly context: RequestContext<Options>;
  readonly exchange: Exchange;
}

interface CallInput {
  readonly params?: CallParameters;
  readonly body?: object;
}

/** What a method was given, by what it is, its streams held: to be called before anything is waited for. */
export function inputOf<Options extends ResolvedOptions>({ binding, name, input }: MethodCall<Options>): CallInput {
  const isBodyAlone = binding.contract.operations[name]?.bodyAlone;
  const given = (isBodyAlone ? { body: input } : (input ?? {})) as CallInput;
  holdStreams(given.body);
  return given;
}

/**
 * Sends what a method was called with.
 *
 * @throws What the method throws before it reads the response.
 */
export async function sendCall<Options extends ResolvedOptions>(call: MethodCall<Options>): Promise<SentCall<Options>> {
  const { params, body } = inputOf(call);
  const { binding, client, name, options } = call;
  const { contract, headersOf, bodyCheckOf } = binding;
  const operation = contract.operations[name];
  if (!operation) throw new OpenAIError(`The contract has no operation ${name}.`);
  const context = withRequestOptions(client, options);
  const exchange = await orAbort(async () => {
    const check = bodyCheckOf?.(context, name);
    const given = { name, operation, params, body: check ? await check(body) : body, options };
    const sent = await createSend(context)(await prepareRequest(context, contract, given, headersOf?.(context)));
    await acceptResponse(binding, context, sent.response);
    return sent;
  }, context.signal);
  return { context, exchange };
}
