import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { CliContext } from "../command-line/cli-context.ts";
import { CliError } from "../command-line/cli-error.ts";
import type { ExitName } from "../command-line/exit-codes.ts";
import { checkServer, type Report } from "../conformance/check-server.ts";
import { formatJunit } from "../conformance/format-junit.ts";
import { formatReport } from "../conformance/format-report.ts";
import { UncheckableServerError } from "../conformance/uncheckable-server.ts";
import { writeError } from "../files/file-errors.ts";
import { checkServerUrl } from "../settings/check-server-url.ts";
import type { ConformFlags } from "./conform-flags.ts";

/** The most bytes of one response body: 2 images of 16 bits a channel in the largest size, as base64. */
const maxBodyBytes = 33_554_432;

/** Checks a server, and prints the report. */
export async function conformServer(context: CliContext, flags: ConformFlags, target: string): Promise<ExitName> {
  const { stdout, stderr, environment, signal } = context;
  const report = await check({
    url: checkServerUrl(target, "The server"),
    key: checkKey(flags.apiKey ?? environment["OPENAI_API_KEY"]),
    model: flags.model,
    timeout: milliseconds(flags.timeout ?? 300),
    firstTimeout: milliseconds(flags.firstTimeout ?? 10),
    totalTimeout: milliseconds(flags.totalTimeout ?? 1_800),
    maxBodyBytes,
    signal,
    onProgress: (line) => {
      if (!flags.quiet) stderr.write(`${line}\n`);
    },
  });
  if (flags.junit !== undefined && flags.junit !== "-") await save(flags.junit, `${formatJunit(report)}\n`, context);
  const text =
    flags.junit === "-" ? formatJunit(report) : flags.json ? JSON.stringify(report, null, 2) : formatReport(report);
  stdout.write(`${text}\n`);
  await stdout.drained();
  return report.requirements.every(({ result }) => result === "pass") ? "ok" : "failed";
}

async function check(options: Parameters<typeof checkServer>[0]): Promise<Report> {
  try {
    return await checkServer(options);
  } catch (cause) {
    if (!(cause instanceof UncheckableServerError)) throw cause;
    throw new CliError(cause.message, { exit: "usage", cause });
  }
}

/** A key that can't stand in a header is found here; its value is a secret, and is not printed. */
function checkKey(key: string | undefined): string | undefined {
  const trimmed = key?.trim() || undefined;
  if (trimmed && !/^[\x20-\x7e]+$/.test(trimmed)) {
    throw new CliError("The API key has a character that no header may have.", {
      exit: "usage",
      fix: "It must be printable ASCII: copy it again, without quotes.",
    });
  }
  return trimmed;
}

async function save(path: string, text: string, { workingDirectory }: CliContext): Promise<void> {
  try {
    await writeFile(resolve(workingDirectory, path), text);
  } catch (error) {
    throw writeError(error, path) ?? error;
  }
}

function milliseconds(seconds: number): number {
  return Math.ceil(seconds * 1_000);
}
