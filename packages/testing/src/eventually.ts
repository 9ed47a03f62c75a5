import { vi } from "vitest";

/**
 * Waits until a check no longer throws, and resolves with what it returns. It waits so long that only what never comes
 * true is ended: no clock decides a test, however busy the machine is.
 */
export function eventually<Result>(check: () => Result | Promise<Result>): Promise<Result> {
  return vi.waitFor(check, { timeout: 120_000, interval: 20 });
}
