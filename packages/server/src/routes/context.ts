import type { Backend } from "@image-variations/backends";
import type { Metrics } from "../observability/metrics.ts";
import type { Platform } from "../platform.ts";
import type { RequestCheck } from "../request/check-request.ts";
import type { Authenticate } from "../security/api-keys.ts";
import type { FileStore } from "../stores/file-store.ts";
import type { RateLimiter } from "../work/rate-limit.ts";
import type { RequestScope } from "../work/request-scope.ts";
import type { WorkQueue } from "../work/work-queue.ts";

/** What all requests share. */
export interface Services {
  readonly backend: Backend;
  readonly store: FileStore;
  readonly queue: WorkQueue;
  readonly check: RequestCheck;
  /** Undefined if no key is needed. */
  readonly authenticate: Authenticate | undefined;
  readonly rateLimiter: RateLimiter | undefined;
  readonly settings: RouteSettings;
  readonly now: () => number;
  /** Whether no new requests should come. */
  readonly isDraining: () => boolean;
  /** Whether new requests are rejected. */
  readonly isClosing: () => boolean;
}

/** The settings that routes read. Durations are in milliseconds. */
export interface RouteSettings {
  readonly publicUrl: string | undefined;
  readonly maxBodyBytes: number;
  readonly bodyTimeout: number;
  readonly requestTimeout: number;
  readonly fileLifetime: number;
}

/** One request, and what it needs. */
export interface Context {
  readonly request: Request;
  readonly url: URL;
  /** What the path has in place of `{id}`, not decoded. */
  readonly id: string;
  readonly platform: Platform;
  readonly metrics: Metrics | undefined;
  readonly services: Services;
  readonly scope: RequestScope;
  /** Headers that the response has, whatever it will be. */
  readonly headers: Record<string, string>;
  /** What the log says of the request. */
  readonly facts: Record<string, unknown>;
}
