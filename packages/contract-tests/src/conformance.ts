// pnpm contract --target URL: what a server keeps of the contract, and where it departs from it.
import { parseArgs } from "node:util";
import { formatJudgement } from "./conformance/format-judgement.ts";
import { judgeServer } from "./conformance/judge-server.ts";

const help = `Judges a server by the contract, with few requests, and prints what it keeps and where it departs.

  pnpm contract --target URL [--key KEY] [--model NAME] [--timeout SECONDS] [--json]

  --target URL       the server, version prefix included, such as http://localhost:8000/v1
  --key KEY          its API key                       (default: CONTRACT_API_KEY, else none)
  --model NAME       the model to ask for              (default: none, or the spec's where the server wants one)
  --timeout SECONDS  how long to wait for an answer    (default: 300)
  --json             print the judgement as JSON

Ends with 0 where the server keeps everything, with 1 where it departs, with 2 where it can't be judged.`;

try {
  const { values } = parseArgs({
    options: {
      target: { type: "string" },
      key: { type: "string", default: process.env["CONTRACT_API_KEY"] ?? "" },
      model: { type: "string" },
      timeout: { type: "string", default: "300" },
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) console.log(help);
  else process.exitCode = await judge(values);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 2;
}

interface Words {
  readonly target?: string | undefined;
  readonly key: string;
  readonly model?: string | undefined;
  readonly timeout: string;
  readonly json: boolean;
}

async function judge({ target, key, model, timeout, json }: Words): Promise<number> {
  if (!/^https?:$/.test(URL.parse(target ?? "")?.protocol ?? "")) {
    throw new Error(`--target takes a URL such as http://localhost:8000/v1, got ${JSON.stringify(target)}.`);
  }
  if (!(Number(timeout) > 0)) throw new Error(`--timeout takes a number of seconds, got ${JSON.stringify(timeout)}.`);
  const url = target!.replace(/\/+$/, "");
  const judgement = await judgeServer({ url, key, model, timeout: Number(timeout) * 1_000 }).catch((cause: unknown) => {
    const { message, cause: reason } = cause as Error & { cause?: { code?: string; message?: string } };
    throw new Error(`${url} can't be judged: ${reason?.code ?? reason?.message ?? message}.`, { cause });
  });
  console.log(json ? JSON.stringify(judgement, null, 2) : formatJudgement(judgement));
  return judgement.promises.every(({ verdict }) => verdict === "kept") ? 0 : 1;
}
