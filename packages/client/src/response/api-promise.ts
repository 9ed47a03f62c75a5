import type { TransportResponse } from "../transport/transport.ts";

/** What the response was parsed to, with the request's name in the server's logs. */
export type WithRequestID<Value> = Value & { _request_id?: string | null };

/** The value of a request, with the response that it came in. The response's body is read when the value is asked for. */
export class APIPromise<Value> extends Promise<WithRequestID<Value>> {
  readonly #response: Promise<TransportResponse>;
  readonly #parse: () => Promise<WithRequestID<Value>>;
  #value: Promise<WithRequestID<Value>> | undefined;

  constructor(response: Promise<TransportResponse>, parse: () => Promise<WithRequestID<Value>>) {
    // Promise insists on an executor; `then`, by which all else goes, is derived from the parsed value instead.
    super((resolve) => resolve(undefined as never));
    this.#response = response;
    this.#parse = parse;
  }

  /** What `then` and its kin derive are plain promises. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** The response itself, its body unread. Rejects like the promise if the server rejects the request. */
  asResponse(): Promise<Response> {
    return this.#response.then((response) => response.toResponse());
  }

  /** The value, the response, and the request's name in the server's logs. */
  async withResponse(): Promise<{ data: WithRequestID<Value>; response: Response; request_id: string | null }> {
    const [data, response] = await Promise.all([this.#read(), this.asResponse()]);
    return { data, response, request_id: response.headers.get("x-request-id") };
  }

  #read(): Promise<WithRequestID<Value>> {
    return (this.#value ??= this.#response.then(() => this.#parse()));
  }

  // Of a promise, `catch` and `finally` go through this.
  // oxlint-disable-next-line unicorn/no-thenable -- a promise is one
  override then<Fulfilled = WithRequestID<Value>, Rejected = never>(
    onFulfilled?: ((value: WithRequestID<Value>) => Fulfilled | PromiseLike<Fulfilled>) | null,
    onRejected?: ((reason: unknown) => Rejected | PromiseLike<Rejected>) | null,
  ): Promise<Fulfilled | Rejected> {
    return this.#read().then(onFulfilled, onRejected);
  }
}
