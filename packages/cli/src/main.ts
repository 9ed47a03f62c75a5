#!/usr/bin/env node
import { readFileSync } from "node:fs";
import { processContext } from "./command-line/process-context.ts";
import { runCli } from "./run-cli.ts";

const args = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as {
  version: string;
};
process.exitCode = await runCli(args, processContext(args), version);
