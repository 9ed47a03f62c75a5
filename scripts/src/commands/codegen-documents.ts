// pnpm codegen:documents <file>…: generates from other people's documents in an empty folder, with npm alone.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CommandError, runCommand } from "@image-variations/command";
import { callOnce, measureGenerators } from "../documents/try-document.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const compilers = ["typescript@7.0.2", "@types/node@24.19.2"];
// In a folder of their own: openapi-typescript needs the API of TypeScript 5.
const peers = ["typescript@5.9.3", "openapi-typescript@7.13.0", "openapi-fetch@0.17.0", "@hey-api/openapi-ts@0.99.0"];

await runCommand({
  help: `pnpm codegen:documents <file>… [--keep]

Packs our packages, installs them with npm in an empty folder, generates from each document, compiles strictly, and calls
one operation by the generated client against Prism's mock of the same document. Beside it, openapi-typescript and
@hey-api/openapi-ts on the same document, from the npm registry.

  --keep   leave the folder
`,
  options: { keep: { type: "boolean" } },
  maximumPositionals: 100,
  async run({ values, positionals }) {
    if (positionals.length === 0) throw new CommandError("Name documents: pnpm codegen:documents openapi.yaml.");
    const folder = mkdtempSync(join(tmpdir(), "codegen-documents-"));
    try {
      install(folder);
      for (const file of positionals) {
        const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
        const name = basename(file).replace(/\W.*$/, "");
        console.log(`\n${file}`);
        for (const { generator, seconds, bytes, fault } of measureGenerators(folder, path, name)) {
          const size = `${(bytes / 1_000_000).toFixed(2)} MB`;
          console.log(
            `  ${generator.padEnd(20)} ${seconds.toFixed(1).padStart(5)} s ${size.padStart(9)}  ${fault ?? "compiles"}`,
          );
        }
        console.log(`  one call: ${await callOnce(folder, path, name)}`);
      }
    } finally {
      if (values.keep) console.log(folder);
      else rmSync(folder, { recursive: true, force: true });
    }
  },
});

function install(folder: string): void {
  const tarballs = ["client", "validation", "codegen"].map((name) => {
    const pnpm = [
      join(root, "scripts/pnpm.mjs"),
      "--dir",
      join(root, "packages", name),
      "pack",
      "--json",
      "--pack-destination",
      folder,
    ];
    return (JSON.parse(execFileSync(process.execPath, pnpm, { encoding: "utf8" })) as { filename: string }).filename;
  });
  npmInstall(folder, [...tarballs, ...compilers]);
  mkdirSync(join(folder, "peers"));
  npmInstall(join(folder, "peers"), peers);
}

function npmInstall(cwd: string, packages: readonly string[]): void {
  writeFileSync(join(cwd, "package.json"), JSON.stringify({ type: "module", private: true }));
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], {
    cwd,
    stdio: ["ignore", "ignore", "inherit"],
  });
}
