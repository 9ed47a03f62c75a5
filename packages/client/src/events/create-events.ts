import { resolveOptions, type RuntimeOptions } from "../options/runtime-options.ts";
import type { Contract } from "../request/contract.ts";
import { defineMethods } from "../runtime/define-methods.ts";
import { readEvents } from "./read-events.ts";

/**
 * The methods of a contract that may respond with events, `text/event-stream`, for those events as they arrive. The request
 * is sent when the first event is asked for, and is tried again like any other until the response begins. Leaving the
 * loop closes the connection. The types are those of the generated interface.
 *
 * @throws OpenAIError if an option is invalid.
 */
export function createEvents<Events extends object>(contract: Contract, options: RuntimeOptions = {}): Events {
  const client = resolveOptions(options, contract.baseURL);
  const methods = Object.entries(contract.methods).filter(([, name]) => contract.operations[name]?.events);
  const binding = { contract, headersOf: () => [{ accept: "text/event-stream" }] };
  return defineMethods({}, Object.fromEntries(methods), (name, input, own) =>
    readEvents({ binding, client, name, input, options: own ?? {} }),
  ) as Events;
}
