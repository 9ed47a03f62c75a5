import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "@image-variations/codegen/repository";
import type { EditableSpec } from "./editable-spec.ts";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const spec = "specs/image-variations.yaml";

/** What is copied of each package: all sources, or only those that import the generated ones or are imported by them. */
const sources: Readonly<Record<string, readonly string[]>> = {
  specs: ["."],
  "packages/client": ["."],
  "packages/validation": ["."],
  "packages/backends": ["variations/contract-limits.ts", "variations/parameter-table.ts"],
};

/**
 * Writes our packages into a folder as the pipeline makes them from a document: the hand-written sources as they are, with
 * the generated ones beside them.
 */
export async function writeChangedPackages(root: string, document: EditableSpec): Promise<void> {
  for (const [place, paths] of Object.entries(sources)) {
    for (const path of paths) {
      const from = join(repository, place, "src", path);
      cpSync(from, join(root, place, "src", path), { recursive: true, filter: isWrittenByHand });
    }
    symlinkSync(join(repository, place, "node_modules"), join(root, place, "node_modules"), "junction");
    writeFileSync(join(root, place, "package.json"), JSON.stringify({ type: "module" }));
  }
  mkdirSync(join(root, "specs"), { recursive: true });
  writeFileSync(join(root, spec), JSON.stringify(document)); // JSON is YAML
  await generate({ root, spec });
}

function isWrittenByHand(path: string): boolean {
  return !/\.test(-d)?\.ts$/.test(path) && !["generated", "testing"].includes(basename(path));
}
