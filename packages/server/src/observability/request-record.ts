import type { RequestError } from "../errors/request-error.ts";
import type { Logger } from "./logger.ts";
import type { Metrics } from "./metrics.ts";

/** What a request leaves in the log and in the metrics. */
export class RequestRecord {
  readonly id: string = createRequestId();
  /** What the log says of it beside what every line has. */
  readonly facts: Record<string, unknown> = {};
  /** The path of its route, as the metrics name it. */
  route = "none";
  readonly #startedAt = performance.now();
  readonly #logger: Logger | undefined;
  readonly #metrics: Metrics | undefined;

  constructor(logger: Logger | undefined, metrics: Metrics | undefined) {
    this.#logger = logger;
    this.#metrics = metrics;
  }

  /** How long the request has taken until now, in milliseconds. */
  get duration(): number {
    return performance.now() - this.#startedAt;
  }

  /** Its response is an error. */
  fail(error: RequestError): void {
    this.facts["error"] = error.message;
    if (error.status < 500) return;
    this.#logger?.error({ requestId: this.id, err: error.cause ?? error }, "Request failed.");
  }

  /** @param failure Why the response broke off, if it did. */
  end(status: number, failure?: unknown): void {
    const { duration } = this;
    this.#metrics?.requestEnded({ route: this.route, status, duration: duration / 1_000 });
    this.#logger?.info(
      {
        requestId: this.id,
        ...this.facts,
        status,
        durationMs: Math.round(duration),
        ...(failure !== undefined && { error: failure instanceof Error ? failure.message : String(failure) }),
      },
      failure === undefined ? "Request ended." : "Request broke off.",
    );
  }
}

function createRequestId(): string {
  return `req_${crypto.randomUUID().replaceAll("-", "")}`;
}
