import type { Platform } from "./platform.ts";
import type { HandlerSettings } from "./settings/settings.ts";

/**
 * The contract as a function that is shaped like `fetch`: pass it as `fetch` to a client, or serve it on a port.
 *
 * @throws What the request's signal says, if it ends before the response begins; as `fetch` does.
 */
export interface Handler {
  (input: Request | URL | string, init?: RequestInit): Promise<Response>;
  /** The same for a listener, which says what it can do. `serve` calls it. */
  handle(request: Request, platform: Platform): Promise<Response>;
  /** Whether a request for images needs a key. */
  readonly requiresApiKey: boolean;
  /** The options that are numbers and texts, with their defaults. */
  readonly settings: HandlerSettings;
  /** Has `/readyz` say that the server is about to close; requests are still accepted. */
  drain(): void;
  /**
   * Stops accepting requests, waits for those that are there, and closes the backend and the store.
   *
   * @param timeout How long to wait in milliseconds, before they are broken off. Default: 10 seconds.
   */
  close(timeout?: number): Promise<void>;
}
