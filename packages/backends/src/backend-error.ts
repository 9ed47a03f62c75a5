/** What a server tells its caller of a `BackendError`. */
export interface BackendErrorOptions extends ErrorOptions {
  /** The HTTP status with which a server should respond. @default 500 */
  readonly status?: number;
  /** The `code` of the contract's error envelope. @default null */
  readonly code?: string | null;
  /** The `type` of the contract's error envelope. @default "server_error" for 500 and above, else "invalid_request_error" */
  readonly type?: string;
  /** The parameter that is at fault, if one is. @default null */
  readonly param?: string | null;
  /** How long a caller should wait before it tries again, in seconds. */
  readonly retryAfter?: number;
}

/** A backend failed, and says so in terms of the contract: the status and the envelope that a caller should see. */
export class BackendError extends Error {
  override readonly name = "BackendError";
  readonly status: number;
  readonly code: string | null;
  readonly type: string;
  readonly param: string | null;
  readonly retryAfter: number | undefined;

  constructor(message: string, options: BackendErrorOptions = {}) {
    super(message, options);
    this.status = options.status ?? 500;
    this.code = options.code ?? null;
    this.type = options.type ?? (this.status >= 500 ? "server_error" : "invalid_request_error");
    this.param = options.param ?? null;
    this.retryAfter = options.retryAfter;
  }
}
