/** What every error of this package is. */
export class EngineError extends Error {
  override name = "EngineError";
}

/** An image or an option that {@link createVariations} does not accept. Thrown before any work. */
export class InvalidOptionError extends EngineError {
  override name = "InvalidOptionError";
  /** What is invalid: `image.width`, `strength`, … */
  readonly option: string;
  /** The value that was received. */
  readonly received: unknown;

  constructor(option: string, received: unknown, allowed: string) {
    super(`${option} is ${describe(received)}. Pass ${allowed}.`);
    this.option = option;
    this.received = received;
  }
}

/** Says why a worker was given up. What it was to make is made by the others, or on the calling thread. */
export class WorkerError extends EngineError {
  override name = "WorkerError";
  readonly code: WorkerErrorCode;

  constructor(code: WorkerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/**
 * - `worker_not_started`: its script is missing or forbidden, or it has not started within 5 seconds
 * - `worker_failed`: it threw an error, or ended by itself; `cause` says more
 * - `worker_silent`: it has sent nothing for 30 seconds while it worked
 * - `worker_message_invalid`: it sent what it should not; `cause` is the message
 */
export type WorkerErrorCode = "worker_not_started" | "worker_failed" | "worker_silent" | "worker_message_invalid";

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${value.byteLength} bytes`;
  if (typeof value === "object" && value !== null) return `an object (${value.constructor?.name ?? "no prototype"})`;
  return typeof value === "function" ? "a function" : String(value);
}
