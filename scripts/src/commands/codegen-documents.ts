// pnpm codegen:documents <file>…: generates from other people's documents in an empty folder, with npm alone.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "@image-variations/codegen/document";
import { applyOverlay, parseOverlay } from "@image-variations/codegen/repository";
import { CommandError, runCommand } from "@image-variations/command";
import {
  type Called,
  callOnce,
  measureGenerators,
  type Measured,
  type TriedDocument,
} from "../documents/try-document.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const overlays = ["lemonade", "xinference"];
const compilers = ["typescript@7.0.2", "@types/node@24.19.2"];
// In a folder of their own: openapi-typescript needs the API of TypeScript 5.
const peers = ["typescript@5.9.3", "openapi-typescript@7.13.0", "openapi-fetch@0.17.0", "@hey-api/openapi-ts@0.99.0"];

await runCommand({
  help: `pnpm codegen:documents [file…] [--keep]

Packs our packages, installs them with npm in an empty folder, generates from each document, compiles strictly, and calls
one operation by the generated client against Prism's mock of the same document. First come our own contract with the overlays of
scripts/dialects, then the files that are named. Beside it, openapi-typescript and @hey-api/openapi-ts on the same document,
from the npm registry. Ends with 1 if something of ours does not compile or can't be called.

  --keep   leave the folder
`,
  options: { keep: { type: "boolean" } },
  maximumPositionals: 100,
  async run({ values, positionals }) {
    const folder = mkdtempSync(join(tmpdir(), "codegen-documents-"));
    const rows: Row[] = [];
    try {
      install(folder);
      for (const document of [...overlays.map((name) => dialectOf(name, folder)), ...positionals.map(documentOf)]) {
        console.log(`\n${document.name}: ${document.path}`);
        const measured = measureGenerators(folder, document);
        for (const { generator, seconds, bytes, fault } of measured) {
          console.log(`  ${generator}: ${seconds.toFixed(1)} s, ${inMegabytes(bytes)}, ${fault ?? "compiles"}`);
        }
        const called = await callOnce(folder, document, join(root, "assets/otter-32.png"));
        console.log(`  one call: ${called.said}`);
        rows.push({ document, measured, called });
      }
      console.log(
        `\n${tableOf(rows)}\n\nSeconds of the processor. The machine's load was ${loadavg()[0]!.toFixed(1)} on ${cpus().length} cores.`,
      );
      if (rows.some(({ measured, called }) => measured[0]!.fault !== undefined || !called.succeeded))
        process.exitCode = 1;
    } finally {
      if (values.keep) console.log(folder);
      else rmSync(folder, { recursive: true, force: true });
    }
  },
});

/** What came of a document. */
interface Row {
  readonly document: TriedDocument;
  readonly measured: readonly Measured[];
  readonly called: Called;
}

function documentOf(file: string): TriedDocument {
  const path = resolve(process.env.INIT_CWD ?? process.cwd(), file);
  if (!existsSync(path)) throw new CommandError(`${file} can't be read: there is no such file.`);
  return { name: basename(file).replace(/\W.*$/, "").toLowerCase(), path };
}

/** Our contract with an overlay: ours is told of both, and the others get what they make. */
function dialectOf(name: string, folder: string): TriedDocument {
  const overlay = join(root, `scripts/dialects/${name}.overlay.yaml`);
  const { overlay: actions } = parseOverlay(readFileSync(overlay, "utf8"), overlay)!;
  const path = join(folder, `${name}.json`);
  const contract = JSON.parse(readFileSync(join(root, "specs/image-variations.json"), "utf8")) as JsonObject;
  writeFileSync(path, JSON.stringify(applyOverlay(contract, actions, overlay)));
  return { name, path, words: ["--base", "image-variations", "--overlay", overlay] };
}

function tableOf(rows: readonly Row[]): string {
  const names = rows[0]?.measured.map(({ generator }) => generator) ?? [];
  const cells = rows.map(({ document, measured, called }) => [
    document.name,
    ...measured.map(({ seconds, bytes, fault }) => {
      const size = `${seconds.toFixed(1)} s, ${inMegabytes(bytes)}`;
      return fault === undefined ? size : bytes > 0 ? `${size}, does not compile` : "fails";
    }),
    called.said.split(" ").slice(0, 2).join(" "),
  ]);
  const lines = [["Document", ...names, "One call"], ["---", ...names.map(() => "---"), "---"], ...cells];
  return lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(2)} MB`;
}

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
