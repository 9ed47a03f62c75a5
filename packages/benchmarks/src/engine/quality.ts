// pnpm bench:quality DIR: contact sheets and the table of figures over a folder of images.
import { runCommand } from "@image-variations/command";
import { help, options, readOptions } from "./quality/options.ts";
import { QualityError } from "./quality/quality-error.ts";
import { run } from "./quality/run.ts";

await runCommand({
  help,
  options,
  allowNegative: true,
  maximumPositionals: Number.POSITIVE_INFINITY,
  userErrors: [QualityError],
  async run(input) {
    await run(readOptions(input, process.env["INIT_CWD"] ?? process.cwd()));
  },
});
