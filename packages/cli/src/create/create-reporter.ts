import type { CliContext } from "../command-line/cli-context.ts";
import type { Reporter } from "./create-events.ts";
import { jsonReporter, quietReporter } from "./json-reporter.ts";
import { lineReporter } from "./line-reporter.ts";
import type { CreateOptions } from "./resolve-options.ts";
import { terminalReporter } from "./terminal-reporter.ts";

/** The reporter that fits what was asked for and what standard error is. */
export function createReporter({ json, quiet, n }: CreateOptions, context: CliContext): Reporter {
  const { stdout, stderr, environment } = context;
  if (json) return jsonReporter({ stdout });
  if (quiet) return quietReporter({ stdout });
  const canMoveCursor = stderr.isTerminal && environment["TERM"] !== "dumb";
  return canMoveCursor ? terminalReporter({ stdout, stderr, n }) : lineReporter({ stdout, stderr });
}
