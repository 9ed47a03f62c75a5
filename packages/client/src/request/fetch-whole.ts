import { anySignal } from "../transport/any-signal.ts";
import { boundedChunks } from "../transport/bounded-chunks.ts";
import { createSend } from "../transport/create-transport.ts";
import { readBody } from "../response/read-body.ts";
import { isSuccess, maximumErrorBytes } from "../response/throw-if-rejected.ts";
import { toReadableStream } from "../response/to-readable-stream.ts";
import type { TransportResponse } from "../transport/transport.ts";
import type { RequestContext } from "../options/with-request-options.ts";

/** How the body of a success is read. */
export interface SuccessParser {
  /** Hands the body on as it arrives. */
  readonly isStream?: boolean;
  /** Throws if the body is not what it must be. */
  readonly check?: (response: TransportResponse, text: string) => Promise<void>;
}

/**
 * Sends a Request as it is, and resolves with the Response when its body has come, so that a body that breaks off is
 * asked for again.
 *
 * @throws APIConnectionError if there is no response, UnexpectedResponseError if it is too large or is not what it must be.
 */
export async function fetchWhole(
  context: RequestContext,
  request: Request,
  { isStream, check }: SuccessParser,
): Promise<Response> {
  const exchange = await createSend(context)({
    url: request.url,
    method: request.method,
    headers: request.headers,
    body: await readRequestBody(request),
    signal: anySignal([context.signal, request.signal].filter((signal) => signal !== null && signal !== undefined)),
  });
  return exchange.read(async (response) => {
    const isAccepted = isSuccess(response);
    const limit = isAccepted ? context.maxResponseBytes : maximumErrorBytes;
    if (isAccepted && isStream) {
      return toResponse(response, toReadableStream(boundedChunks(response, limit)), request.url);
    }
    try {
      const bytes = await readBody(response, limit);
      if (isAccepted) await check?.(response, new TextDecoder().decode(bytes));
      return toResponse(response, bytes, request.url);
    } catch (error) {
      if (isAccepted) throw error;
      // If the text of an error does not come, the status says enough.
      return toResponse(response, new Uint8Array(), request.url);
    }
  });
}

async function readRequestBody(request: Request): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  return bytes.length > 0 ? bytes : undefined;
}

/** Statuses whose Response can have no body. */
const bodiless: ReadonlySet<number> = new Set([204, 205, 304]);

function toResponse(
  { status, headers, toResponse: original }: TransportResponse,
  body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>,
  url: string,
): Response {
  // A status of no Response, and one of no body, which cannot be read twice.
  if (status < 200 || status > 599) return original();
  const response = new Response(bodiless.has(status) ? null : (body as BodyInit), { status, headers: [...headers] });
  return Object.defineProperty(response, "url", { value: url });
}
