// pnpm spec:dialect <file> --out <folder>: types, tables and client for a server that differs from the contract.
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { readDialect } from "../dialect/read-dialect.ts";
import { writeDialect } from "../dialect/write-dialect.ts";
import { SpecError } from "@image-variations/codegen/document";
import { CommandError, runCommand } from "@image-variations/command";
import { SourceError } from "@image-variations/spec-diff";
import { ourSpec } from "@image-variations/spec-diff/repository";

const root = fileURLToPath(new URL("../../../", import.meta.url));

await runCommand({
  help: `pnpm spec:dialect <file> --out <folder> [--scope @mine] [--force]

Makes the packages again for a server that differs from the contract: spec, types, tables, validator and client.

  file      an OpenAPI Overlay over our spec, or a whole OpenAPI 3.1 document
  --out     where the packages are written: <folder>/client, <folder>/validation and <folder>/spec
  --scope   what stands for @image-variations in their names. Default: @dialect
  --force   replace what is in the way. Without it, nothing is written over files that this command did not write
`,
  userErrors: [SourceError, SpecError],
  options: { out: { type: "string" }, scope: { type: "string", default: "@dialect" }, force: { type: "boolean" } },
  maximumPositionals: 1,
  async run({ values, positionals }) {
    const [file] = positionals;
    if (file === undefined || typeof values.out !== "string") {
      throw new CommandError("Name the overlay or document, and the folder: pnpm spec:dialect <file> --out <folder>.");
    }
    if (!/^@[a-z0-9][a-z0-9._-]*$/.test(String(values.scope))) {
      throw new CommandError(`--scope is an npm scope such as @mine, got ${JSON.stringify(values.scope)}.`);
    }
    const here = process.env.INIT_CWD ?? process.cwd();
    const spec = readDialect(resolve(here, file), file, join(root, ourSpec));
    const output = resolve(here, values.out);
    const names = await writeDialect({ root, spec, output, scope: String(values.scope), force: values.force === true });
    console.log(`${names.join(", ")} are in ${values.out}.`);
    console.log(`Install them where they are used: npm install ${values.out}/client ${values.out}/validation`);
  },
});
