import type { TransportAnswer } from "./transport/transport.ts";

/** What the answer was parsed to, with the request's name in the server's logs. */
export type WithRequestID<Value> = Value & { _request_id?: string | null };

/** The value of a request, with the answer that it came in. The answer's body is read when the value is asked for. */
export class APIPromise<Value> extends Promise<WithRequestID<Value>> {
  readonly #answer: Promise<TransportAnswer>;
  readonly #parse: (answer: TransportAnswer) => Promise<WithRequestID<Value>>;
  #value: Promise<WithRequestID<Value>> | undefined;

  constructor(answer: Promise<TransportAnswer>, parse: (answer: TransportAnswer) => Promise<WithRequestID<Value>>) {
    // Promise insists on an executor; `then`, by which all else goes, is answered from the parsed value instead.
    super((resolve) => resolve(undefined as never));
    this.#answer = answer;
    this.#parse = parse;
  }

  /** What `then` and its kin derive are plain promises. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** The answer itself, its body unread. Rejects like the promise where the server refused the request. */
  asResponse(): Promise<Response> {
    return this.#answer.then((answer) => answer.toResponse());
  }

  /** The value, the answer, and the request's name in the server's logs. */
  async withResponse(): Promise<{ data: WithRequestID<Value>; response: Response; request_id: string | null }> {
    const [data, response] = await Promise.all([this.#read(), this.asResponse()]);
    return { data, response, request_id: response.headers.get("x-request-id") };
  }

  #read(): Promise<WithRequestID<Value>> {
    return (this.#value ??= this.#answer.then(this.#parse));
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
