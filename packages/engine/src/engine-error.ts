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

function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name} of ${value.byteLength} bytes`;
  if (typeof value === "object" && value !== null) return `an object (${value.constructor?.name ?? "no prototype"})`;
  return typeof value === "function" ? "a function" : String(value);
}
