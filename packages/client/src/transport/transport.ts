/**
 * Headers, by their names in lower case. A `Map` is one, and so is a `Headers`, which alone takes Node longer to load than
 * a call takes.
 */
export interface HeaderFields extends Iterable<[name: string, value: string]> {
  get(name: string): string | null | undefined;
}

/** One request, as every layer of the transport sees it. */
export interface TransportRequest {
  readonly url: string;
  readonly method: string;
  /** A request's own: a layer that changes them hands on a copy. */
  readonly headers: HeaderFields;
  /** The whole body: each attempt sends it from the same bytes. */
  readonly body?: Uint8Array<ArrayBuffer> | undefined;
  /** Ends the request, and the reading of its response, when it fires. */
  readonly signal?: AbortSignal | null | undefined;
  /** `omit` for a server that is not the API's: it gets no cookie and no client certificate. */
  readonly credentials?: "omit" | undefined;
  /** What to do with a redirect. Default: `manual` with a body, `follow` without. */
  readonly redirect?: "follow" | "manual" | undefined;
}

/** A response whose headers are there, and whose body is still to be read: once, in one of the three ways. */
export interface TransportResponse {
  readonly status: number;
  readonly headers: HeaderFields;
  /** What was asked, for messages. */
  readonly request?: Pick<TransportRequest, "method" | "url"> | undefined;
  /** The stream that the chunks come from, if it is the platform's. */
  readonly stream?: ReadableStream<Uint8Array> | null;
  /** Whether nothing else uses the memory of the chunks, so that the reader may free it. Default: by the stream. */
  readonly ownsChunks?: boolean;
  /** The body, as it arrives. Ending the iteration early closes the connection. */
  chunks(): AsyncIterable<Uint8Array>;
  /** The response as the platform has it. */
  toResponse(): Response;
  /** Gives the body up, and closes the connection if it has not all come yet. */
  discard(): void;
}

/** Sends a request, and resolves as soon as the response's headers are there. */
export type Transport = (request: TransportRequest) => Promise<TransportResponse>;

/** Something that happens around every request, or around every attempt: the place in the stack decides. */
export type TransportLayer = (next: Transport) => Transport;
