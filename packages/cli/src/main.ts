#!/usr/bin/env node
import { processContext } from "./command-line/process-context.ts";
import { runCli } from "./run-cli.ts";

const args = process.argv.slice(2);
// An import of node:fs loads its streams and promises, which help does not need.
const { readFileSync } = process.getBuiltinModule("node:fs");
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
const context = processContext(args);
const code = await runCli(args, context, version);
process.exitCode = code;
if (context.signal.aborted) {
  // What still waits, such as for a pipe that no one writes to, is not waited for.
  await Promise.all([context.stdout.drained(), context.stderr.drained()]);
  process.exit(code);
}
