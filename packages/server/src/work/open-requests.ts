import { openScope, type RequestScope } from "./request-scope.ts";

/** The requests that are here, until their responses are sent. */
export class OpenRequests {
  readonly #scopes = new Set<RequestScope>();
  #onEmpty = (): void => {};

  begin(request: Pick<Request, "signal">): RequestScope {
    const scope = openScope(request);
    this.#scopes.add(scope);
    return scope;
  }

  end(scope: RequestScope): void {
    scope.close();
    this.#scopes.delete(scope);
    if (this.#scopes.size === 0) this.#onEmpty();
  }

  /**
   * Waits until none is left.
   *
   * @param timeout How long, in milliseconds, before the rest is broken off.
   */
  async wait(timeout: number, reason: () => Error): Promise<void> {
    if (this.#scopes.size === 0) return;
    const empty = new Promise<void>((resolve) => (this.#onEmpty = resolve));
    const timer = setTimeout(() => {
      for (const scope of this.#scopes) scope.abort(reason());
    }, timeout);
    await empty;
    clearTimeout(timer);
  }
}
