import type { Logger } from "../observability/logger.ts";

/** How much is logged, and where. */
export interface PinoLoggerOptions {
  /** The least that is written. @default "info" */
  readonly level?: "debug" | "info" | "warn" | "error" | "silent";
  /** Where lines go. @default standard output */
  readonly destination?: { write(line: string): void };
}

/**
 * One line of JSON for each thing that happens, by pino, which is loaded here. The server logs neither keys nor images;
 * what looks like one is cut out all the same, for what backends and options put into errors.
 */
export async function createPinoLogger({ level = "info", destination }: PinoLoggerOptions = {}): Promise<Logger> {
  const { pino } = await import("pino");
  const secrets = ["authorization", "apiKey", "api_key", "password", "secretAccessKey", "image", "b64_json", "bytes"];
  const options = {
    level,
    redact: { paths: secrets.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[redacted]" },
  };
  const logger: Logger = destination ? pino(options, destination) : pino(options);
  return logger;
}
