import type { ConnectionOptions } from "./connection-options.ts";
import type { TargetSettings } from "./create-target.ts";

/** What a target needs to know of its connection. */
export type ConnectionSettings = Pick<
  TargetSettings,
  "baseURL" | "timeout" | "maxRetries" | "maxResponseBytes" | "headers" | "fetch" | "secrets"
>;

/** The options of a connection with their defaults, as a target takes them. */
export function connectionSettings(
  baseURL: string,
  { timeout = 600_000, maxRetries = 2, maxResponseBytes = 134_217_728, headers, fetch }: ConnectionOptions,
): ConnectionSettings {
  return {
    baseURL: baseURL.replace(/\/+$/, ""),
    timeout,
    maxRetries,
    maxResponseBytes,
    headers,
    fetch,
    secrets: Object.values(headers ?? {}),
  };
}
