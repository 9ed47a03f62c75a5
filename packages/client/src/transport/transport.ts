/** One request, as every layer of the transport sees it. */
export interface TransportRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  /** The whole body: each attempt sends it from the same bytes. */
  readonly body: Uint8Array<ArrayBuffer> | undefined;
  /** Ends the request when it fires. */
  readonly signal: AbortSignal | undefined;
}

/** Sends a request and resolves with the answer as soon as its headers are there. */
export type Transport = (request: TransportRequest) => Promise<Response>;

/** Something that happens around every request, or around every attempt: the place in the stack decides. */
export type TransportLayer = (next: Transport) => Transport;
