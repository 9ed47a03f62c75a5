import { unexpectedResponse } from "../errors/unexpected-response.ts";
import type { ServerSentEvent } from "../response/server-sent-event.ts";
import { inputOf, type MethodCall, sendCall } from "../runtime/send-call.ts";
import { orAbort } from "../transport/or-abort.ts";
import type { TransportResponse } from "../transport/transport.ts";
import { EventParser, type ParsedEvent } from "./event-parser.ts";

/**
 * Calls a method, and hands on the events of its response. Nothing is sent before the first one is asked for. The data
 * `[DONE]`, by which APIs like OpenAI's end their streams, ends it.
 *
 * @throws What the method throws; UnexpectedResponseError if the response is something else than events, or an event has
 *   more than `maxResponseBytes`; APIConnectionError if it breaks off.
 */
export function readEvents(call: MethodCall): AsyncIterable<ServerSentEvent, void, undefined> {
  inputOf(call);
  return eventsOf(call);
}

async function* eventsOf(call: MethodCall): AsyncGenerator<ServerSentEvent, void, undefined> {
  const { context, exchange } = await sendCall(call);
  const { response } = exchange;
  const type = response.headers.get("content-type") ?? "no content type";
  if (!/^text\/event-stream\b/i.test(type)) {
    response.discard();
    throw unexpectedResponse(response, `Expected events (text/event-stream), got ${type}`);
  }
  const { maxResponseBytes } = context;
  const parser = new EventParser(maxResponseBytes, () =>
    unexpectedResponse(response, `An event exceeds maxResponseBytes (${maxResponseBytes} bytes)`),
  );
  const chunks = response.chunks()[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { done, value } = await orAbort(async () => chunks.next(), context.signal);
      if (done) return;
      for (const event of parser.parse(value)) {
        if (event.data === "[DONE]") return;
        yield withJson(event, response);
      }
    }
  } finally {
    // Not waited for: a transport that does not hear the signal may be stuck.
    void Promise.resolve(chunks.return?.()).catch(() => {});
  }
}

function withJson(event: ParsedEvent, response: TransportResponse): ServerSentEvent {
  const json = (): unknown => {
    try {
      return JSON.parse(event.data) as unknown;
    } catch (cause) {
      const shown = event.data.length > 100 ? `${event.data.slice(0, 100)}...` : event.data;
      throw unexpectedResponse(response, `Expected an event with JSON, got: ${shown}`, cause);
    }
  };
  return { ...event, json };
}
