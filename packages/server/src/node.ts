export { serve } from "./node/serve.ts";
export type { RunningServer, ServeOptions, ServeSettings } from "./node/serve.ts";
export { serveFromEnvironment, workFromEnvironment } from "./node/run-from-environment.ts";
export type {
  EnvironmentOptions,
  ServeFromEnvironmentOptions,
  WorkFromEnvironmentOptions,
} from "./node/run-from-environment.ts";
export { createDirectoryStore } from "./node/directory-store.ts";
export type { DirectoryStoreOptions } from "./node/directory-store.ts";
export { createPinoLogger } from "./node/pino-logger.ts";
export type { PinoLoggerOptions } from "./node/pino-logger.ts";
export { createPrometheusMetrics } from "./node/prometheus-metrics.ts";
