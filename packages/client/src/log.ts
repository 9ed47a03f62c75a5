/** How much is logged, from nothing to everything. */
export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/** Where log lines go: `console`, or anything with its methods. */
export type Logger = Record<Exclude<LogLevel, "off">, (message: string) => void>;

/** Writes a line, if its level is wanted; only then is it made. */
export type Log = (level: Exclude<LogLevel, "off">, line: () => string) => void;

const levels: readonly string[] = ["off", "error", "warn", "info", "debug"];

/** @param logger Default: the console. */
export function createLog(logger: Logger = console, level: LogLevel): Log {
  const limit = levels.indexOf(level);
  if (limit < 0) logger.warn(`logLevel must be one of ${levels.join(", ")}, got ${level}.`);
  return (lineLevel, line) => {
    if (levels.indexOf(lineLevel) <= limit) logger[lineLevel](line());
  };
}
