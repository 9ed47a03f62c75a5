// pnpm generate [--check]: the spec → every generated file.
import { fileURLToPath } from "node:url";
import { runCommand } from "@image-variations/command";
import { generate } from "@image-variations/codegen/repository";
import { SpecError } from "@image-variations/codegen/document";

const root = fileURLToPath(new URL("../../../", import.meta.url));

await runCommand({
  help: `pnpm generate [--check]

Writes every file that follows from specs/image-variations.yaml: types, tables, JSON.

  --check   write nothing, and end with 1 if a generated file is not what would be written
`,
  userErrors: [SpecError],
  options: { check: { type: "boolean" } },
  async run({ values }) {
    const files = await generate({ root, check: values.check === true });
    for (const { output, state } of files) if (state !== "unchanged") console.log(`${state} ${output}`);
    if (files.some(({ state }) => state === "stale")) {
      console.error("The spec and the generated files differ. Run `pnpm generate`, and commit what it writes.");
      process.exitCode = 1;
    } else if (files.every(({ state }) => state === "unchanged")) {
      console.log(`specs/image-variations.yaml and its ${files.length} generated files agree.`);
    }
  },
});
