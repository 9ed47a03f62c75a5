// pnpm bench:quality DIR: contact sheets and the table of figures over a folder of images. --help says the rest.
import { run } from "./quality/run.ts";
import { help, readOptions } from "./quality/options.ts";
import { QualityError } from "./quality/quality-error.ts";
import { endQuietlyWithReader } from "../../../scripts/src/end-quietly-with-reader.ts";

endQuietlyWithReader();
try {
  const options = readOptions(process.argv.slice(2), process.env["INIT_CWD"] ?? process.cwd());
  if (options) await run(options);
  else console.log(help);
} catch (error) {
  if (!(error instanceof QualityError)) throw error;
  console.error(`bench:quality: ${error.message}`);
  process.exitCode = 1;
}
