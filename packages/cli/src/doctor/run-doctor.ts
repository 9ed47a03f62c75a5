import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { CliContext } from "../command-line/cli-context.ts";
import type { ExitName } from "../command-line/exit-codes.ts";
import { styled, type Look } from "../command-line/style.ts";
import { checkServerUrl } from "../settings/check-server-url.ts";
import { checkCodec, checkDisk, checkMemory, checkNode } from "./check-machine.ts";
import { checkServer } from "./check-server.ts";
import { checkVariation } from "./check-variation.ts";
import { skipped, type Diagnosis } from "./diagnosis.ts";
import type { DoctorFlags } from "./doctor-flags.ts";

const looks: Readonly<Record<Diagnosis["status"], { readonly sign: string; readonly look: Look }>> = {
  ok: { sign: "✓", look: "green" },
  failed: { sign: "✗", look: "red" },
  skipped: { sign: "-", look: "dim" },
};

/** Checks one thing after the other, and prints each result as soon as it is known. */
export async function runDoctor(context: CliContext, flags: DoctorFlags): Promise<ExitName> {
  const { stdout, signal } = context;
  let hasFailed = false;
  for await (const [check, diagnosis] of diagnose(context, flags)) {
    signal.throwIfAborted();
    hasFailed ||= diagnosis.status === "failed";
    stdout.write(flags.json ? `${JSON.stringify({ check, ...diagnosis })}\n` : format(check, diagnosis, context));
  }
  await stdout.drained();
  return hasFailed ? "failed" : "ok";
}

async function* diagnose(context: CliContext, flags: DoctorFlags): AsyncGenerator<[check: string, Diagnosis]> {
  const { environment, workingDirectory, signal } = context;
  const server = flags.server ?? (environment["OPENAI_BASE_URL"] || undefined);
  const url = server === undefined ? undefined : checkServerUrl(server, flags.server ? "--server" : "OPENAI_BASE_URL");
  yield ["node", checkNode(process.versions.node, await supportedNode())];
  yield ["memory", checkMemory(process.availableMemory())];
  yield ["codec", await checkCodec()];
  yield [
    "disk",
    await checkDisk(resolve(workingDirectory, flags.out ?? ""), flags.out ?? "The current folder", context),
  ];
  yield ["variation", await checkVariation(signal)];
  if (url === undefined) {
    const message = "No server is named; --server or OPENAI_BASE_URL names one.";
    yield ["server", skipped(message)];
    yield ["key", skipped(message)];
    return;
  }
  const apiKey = flags.apiKey ?? (environment["OPENAI_API_KEY"] || undefined);
  const { reachable, key } = await checkServer({ url, apiKey, signal });
  yield ["server", reachable];
  yield ["key", key];
}

/** As this package states it for npm. */
async function supportedNode(): Promise<string> {
  const path = fileURLToPath(import.meta.resolve("image-variations/package.json"));
  const { engines } = JSON.parse(await readFile(path, "utf8")) as { readonly engines: { readonly node: string } };
  return engines.node;
}

function format(check: string, diagnosis: Diagnosis, { stdout }: CliContext): string {
  const { sign, look } = looks[diagnosis.status];
  const label = `${styled(stdout, look, sign)} ${check.padEnd(9)}`;
  const line = `${label} ${diagnosis.status === "skipped" ? styled(stdout, "dim", diagnosis.message) : diagnosis.message}\n`;
  return diagnosis.status === "failed" ? `${line}${" ".repeat(12)}${diagnosis.fix}\n` : line;
}
