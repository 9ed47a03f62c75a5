/** How much is logged, from nothing to everything. */
export type LogLevel = "off" | "error" | "warn" | "info" | "debug";

/** Where log lines go: `console`, or anything with its methods. */
export type Logger = Record<Exclude<LogLevel, "off">, (message: string) => void>;

/** Writes a line, if its level is wanted; only then is it made. */
export type Log = (level: Exclude<LogLevel, "off">, line: () => string) => void;

const levels: readonly string[] = ["off", "error", "warn", "info", "debug"];

/** the level; `warn` with a warning if the level does not exist. */
export function checkLogLevel(level: string, logger: Logger = console): LogLevel {
  if (levels.includes(level)) return level as LogLevel;
  logger.warn(`logLevel must be one of ${levels.join(", ")}, got ${level}: using warn.`);
  return "warn";
}

/** @param logger Default: the console. */
export function createLog(logger: Logger = console, level: LogLevel): Log {
  return (lineLevel, line) => {
    if (levels.indexOf(lineLevel) <= levels.indexOf(level)) logger[lineLevel](line());
  };
}
