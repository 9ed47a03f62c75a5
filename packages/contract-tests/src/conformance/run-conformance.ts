import { parseArgs } from "node:util";
import { formatJudgement } from "./format-judgement.ts";
import { judgeServer } from "./judge-server.ts";

const help = `Judges a server by the contract, with few requests, and prints what it keeps and where it departs.

  pnpm contract --target URL [--key KEY] [--model NAME] [--timeout SECONDS] [--json]

  --target URL       the server, version prefix included, such as http://localhost:8000/v1
  --key KEY          its API key                       (default: CONTRACT_API_KEY, else none)
  --model NAME       the model to ask for              (default: none, or the spec's where the server wants one)
  --timeout SECONDS  how long to wait for an answer    (default: 300)
  --json             print the judgement as JSON

Ends with 0 where the server keeps everything, with 1 where it departs, with 2 where it can't be judged.`;

/** What the program prints, and the code that it ends with. */
export interface ConformanceOutcome {
  readonly code: 0 | 1 | 2;
  readonly stdout: string;
  readonly stderr: string;
}

/** Judges the server that the words of a command line name. */
export async function runConformance(words: readonly string[], keyOfEnvironment = ""): Promise<ConformanceOutcome> {
  try {
    const { target, key, model, timeout, json, help: asksForHelp } = parseWords(words);
    if (asksForHelp) return { code: 0, stdout: help, stderr: "" };
    if (!/^https?:$/.test(URL.parse(target ?? "")?.protocol ?? "")) {
      throw new Error(`--target takes a URL such as http://localhost:8000/v1, got ${JSON.stringify(target)}.`);
    }
    if (!(Number(timeout) > 0)) throw new Error(`--timeout takes a number of seconds, got ${JSON.stringify(timeout)}.`);
    const url = target!.replace(/\/+$/, "");
    const options = { url, key: key ?? keyOfEnvironment, model, timeout: Number(timeout) * 1_000 };
    const judgement = await judgeServer(options).catch((cause: unknown) => {
      throw new Error(`${url} can't be judged: ${reasonOf(cause as Error)}.`, { cause });
    });
    const keepsAll = judgement.promises.every(({ verdict }) => verdict === "kept");
    const stdout = json ? JSON.stringify(judgement, null, 2) : formatJudgement(judgement);
    return { code: keepsAll ? 0 : 1, stdout, stderr: "" };
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
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  }).values;
}

/** What the runtime said in the end, without what it was wrapped in: `ECONNREFUSED`, for example. */
function reasonOf(error: Error & { code?: unknown }): string {
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return typeof error.code === "string" ? error.code : error.message;
}
