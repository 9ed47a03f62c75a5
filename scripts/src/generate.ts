// pnpm generate [--check]: the spec → every generated file.
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { generate } from "./generate/generate.ts";
import { SpecError } from "./generate/spec-error.ts";
import { endQuietlyWithReader } from "./end-quietly-with-reader.ts";

endQuietlyWithReader();
const root = fileURLToPath(new URL("../../", import.meta.url));
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });

try {
  const files = await generate({ root, check: values.check });
  for (const { output, state } of files) if (state !== "unchanged") console.log(`${state} ${output}`);
  const stale = files.filter(({ state }) => state === "stale");
  if (stale.length > 0) {
    console.error("The spec and the generated files differ. Run `pnpm generate`, and commit what it writes.");
    process.exitCode = 1;
  } else if (files.every(({ state }) => state === "unchanged")) {
    console.log(`specs/image-variations.yaml and its ${files.length} generated files agree.`);
  }
} catch (error) {
  if (!(error instanceof SpecError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
