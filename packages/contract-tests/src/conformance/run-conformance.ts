import { parseArgs } from "node:util";
import { checkServer } from "./check-server.ts";
import { formatReport } from "./format-report.ts";

const help = `Checks a server against the contract, with few requests, and prints a pass, fail or skip for each requirement.

  pnpm contract --target URL [--key KEY] [--model NAME] [--json]

  --target URL             the server, version prefix included, such as http://localhost:8000/v1
  --key KEY                its API key (default: CONTRACT_API_KEY, else none)
  --model NAME             the model to ask for (default: none, or the spec's if the server asks for one)
  --timeout SECONDS        the most time for a response (default: 300)
  --first-timeout SECONDS  the most time for the first one, which needs no work (default: 10)
  --total-timeout SECONDS  the most time for everything (default: 1800)
  --json                   print the report as JSON

Progress is printed on standard error. Ends with 0 if every requirement passes, with 1 if one fails or is skipped, and
with 2 if nothing can be checked.`;

/** The most bytes of one response body: 2 images of 16 bits a channel in the largest size, as base64. */
const maxBodyBytes = 33_554_432;

/** What the program prints, and the code that it ends with. */
export interface ConformanceOutcome {
  readonly code: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ConformanceSettings {
  /** The key, unless the command line has one. */
  readonly environmentKey?: string | undefined;
  readonly onProgress?: (line: string) => void;
}

/** Checks the server that the words of a command line name. */
export async function runConformance(
  words: readonly string[],
  { environmentKey, onProgress = () => {} }: ConformanceSettings = {},
): Promise<ConformanceOutcome> {
  try {
    const { target = "", key, model, json, help: asksForHelp, ...timeouts } = parseWords(words);
    if (asksForHelp) return { code: 0, stdout: help, stderr: "" };
    const report = await checkServer({
      url: parseTarget(target),
      key: parseKey(key ?? environmentKey),
      model,
      timeout: milliseconds("timeout", timeouts.timeout),
      firstTimeout: milliseconds("first-timeout", timeouts["first-timeout"]),
      totalTimeout: milliseconds("total-timeout", timeouts["total-timeout"]),
      maxBodyBytes,
      onProgress,
    });
    const passesAll = report.requirements.every(({ result }) => result === "pass");
    const stdout = json ? JSON.stringify(report, null, 2) : formatReport(report);
    return { code: passesAll ? 0 : 1, stdout, stderr: "" };
  } catch (error) {
    return { code: 2, stdout: "", stderr: (error as Error).message };
  }
}

function parseWords(words: readonly string[]) {
  return parseArgs({
    args: [...words],
    options: {
      target: { type: "string" },
      key: { type: "string" },
      model: { type: "string" },
      timeout: { type: "string", default: "300" },
      "first-timeout": { type: "string", default: "10" },
      "total-timeout": { type: "string", default: "1800" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;
}

function parseTarget(target: string): string {
  const url = URL.parse(target);
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash || url.username || url.password) {
    const rule = "takes a URL such as http://localhost:8000/v1, without a query, a fragment or credentials";
    throw new Error(`--target ${rule}, got ${JSON.stringify(target)}.`);
  }
  return target.trim().replace(/\/+$/, "");
}

/** A key that can't stand in a header is found here; its value is a secret, and is not printed. */
function parseKey(key: string | undefined): string | undefined {
  const trimmed = key?.trim();
  if (trimmed && !/^[\x20-\x7e]+$/.test(trimmed)) {
    throw new Error("--key takes printable ASCII: the API key has a character that no header may have.");
  }
  return trimmed;
}

function milliseconds(name: string, seconds: string): number {
  const number = Number(seconds);
  // What is longer than a timer can wait would end at once.
  if (!(number > 0 && number <= 2_147_483)) {
    throw new Error(`--${name} takes a number of seconds from above 0 to 2147483, got ${JSON.stringify(seconds)}.`);
  }
  return Math.ceil(number * 1_000);
}
