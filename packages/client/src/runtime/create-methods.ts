import { OpenAIError } from "../errors/openai-error.ts";
import { unexpectedResponse } from "../errors/unexpected-response.ts";
import type { RequestOptions } from "../options/request-options.ts";
import { type RequestContext, withRequestOptions } from "../options/with-request-options.ts";
import { APIPromise } from "../response/api-promise.ts";
import { throwIfRejected } from "../response/throw-if-rejected.ts";
import { boundedChunks } from "../transport/bounded-chunks.ts";
import { createSend } from "../transport/create-transport.ts";
import { orAbort } from "../transport/or-abort.ts";
import type { TransportResponse } from "../transport/transport.ts";
import type { Exchange } from "../transport/with-retries.ts";
import { holdStreams } from "../uploads/hold-streams.ts";
import { readFile } from "../uploads/read-file.ts";
import type { Contract } from "./contract.ts";
import { type CallParameters, prepareCall } from "./prepare-call.ts";
import { resolveRuntimeOptions, type RuntimeOptions } from "./runtime-options.ts";

interface Input {
  readonly params?: CallParameters;
  readonly body?: unknown;
}

/**
 * A client whose methods come from a contract: `client.images.createVariation(body)`, with uploads, retries, timeouts and
 * errors by status. The types are those of the generated interface.
 *
 * @throws OpenAIError if an option is invalid.
 */
export function createMethods<Methods extends object>(contract: Contract, options: RuntimeOptions = {}): Methods {
  const client = resolveRuntimeOptions(contract, options);
  const hasKey = Boolean(options.apiKey);
  const methods = {};
  for (const [path, name] of Object.entries(contract.methods)) {
    define(methods, path.split("."), (input: unknown, own?: RequestOptions | null) =>
      call(contract, { client, hasKey, name, input, options: own ?? {} }),
    );
  }
  return methods as Methods;
}

interface MethodCall {
  readonly client: RequestContext;
  readonly hasKey: boolean;
  readonly name: string;
  readonly input: unknown;
  readonly options: RequestOptions;
}

function call({ operations }: Contract, { client, hasKey, name, input, options }: MethodCall): APIPromise<object> {
  const operation = operations[name];
  if (!operation) throw new OpenAIError(`The contract has no operation ${name}.`);
  const { params = {}, body } = operation.bodyAlone ? { body: input } : ((input ?? {}) as Input);
  // Before anything is waited for.
  if (typeof body === "object" && body !== null) holdStreams(body);
  const context = withRequestOptions(client, options);
  const sent = orAbort(async () => {
    const request = await prepareCall(context, { name, operation, params, body, options, hasKey });
    const exchange = await createSend(context)(request);
    await throwIfRejected(exchange.response, context.baseURL);
    return exchange;
  }, context.signal);
  return new APIPromise(
    sent.then(({ response }) => response),
    async () => {
      const exchange = await sent;
      return orAbort(() => readResult(exchange, context), context.signal);
    },
  );
}

async function readResult(exchange: Exchange, { baseURL, maxResponseBytes }: RequestContext): Promise<object> {
  return await exchange.read(async (current) => {
    const response = await throwIfRejected(current, baseURL);
    const bytes = await readFile({ chunks: () => boundedChunks(response, maxResponseBytes) });
    return parse(response, bytes) as object;
  });
}

/** JSON as its value, text as a string, anything else as a Blob, and nothing as undefined. */
function parse(response: TransportResponse, bytes: Uint8Array<ArrayBuffer>): unknown {
  const type = response.headers.get("content-type") ?? "";
  if (bytes.length === 0) return undefined;
  if (/[/+]json\b/i.test(type)) {
    try {
      return withRequestID(JSON.parse(new TextDecoder().decode(bytes)), response);
    } catch (cause) {
      throw unexpectedResponse(response, "Expected JSON, and the response is not.", cause);
    }
  }
  return type.startsWith("text/") ? new TextDecoder().decode(bytes) : new Blob([bytes], { type });
}

function withRequestID(value: unknown, { headers }: TransportResponse): unknown {
  if (typeof value !== "object" || value === null) return value;
  return Object.defineProperty(value, "_request_id", { value: headers.get("x-request-id") ?? null });
}

/** A name such as `__proto__` is a name like any other. */
function define(target: object, [step, ...rest]: readonly string[], method: unknown): void {
  if (rest.length === 0) Object.defineProperty(target, step!, { value: method, enumerable: true, configurable: true });
  else {
    if (!Object.hasOwn(target, step!)) Object.defineProperty(target, step!, { value: {}, enumerable: true });
    define((target as Record<string, object>)[step!]!, rest, method);
  }
}
