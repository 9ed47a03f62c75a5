/** What a caller is told of an error: status, envelope and headers. */
export interface RequestErrorOptions extends ErrorOptions {
  readonly status: number;
  /** @default null */
  readonly code?: string | null;
  /** @default null */
  readonly param?: string | null;
  /** @default "server_error" for 500 and above, else "invalid_request_error" */
  readonly type?: string;
  /** Headers of the response, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request ends with an error status; `message` is what its caller reads. */
export class RequestError extends Error {
  override readonly name = "RequestError";
  readonly status: number;
  readonly code: string | null;
  readonly param: string | null;
  readonly type: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(message: string, options: RequestErrorOptions) {
    super(message, options);
    this.status = options.status;
    this.code = options.code ?? null;
    this.param = options.param ?? null;
    this.type = options.type ?? (options.status >= 500 ? "server_error" : "invalid_request_error");
    this.headers = options.headers ?? {};
  }
}
