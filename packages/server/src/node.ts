export { serve } from "./node/serve.ts";
export type { RunningServer, ServeOptions, ServeSettings } from "./node/serve.ts";
export { serveFromEnvironment } from "./node/serve-from-environment.ts";
export type { ServeFromEnvironmentOptions } from "./node/serve-from-environment.ts";
export { createDirectoryStore } from "./stores/directory-store.ts";
export type { DirectoryStoreOptions } from "./stores/directory-store.ts";
export { createPinoLogger } from "./observability/pino-logger.ts";
export type { PinoLoggerOptions } from "./observability/pino-logger.ts";
export { createPrometheusMetrics } from "./observability/prometheus-metrics.ts";
