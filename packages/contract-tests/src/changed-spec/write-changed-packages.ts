import { cpSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { generate } from "@image-variations/codegen/repository";
import type { EditableSpec } from "./editable-spec.ts";

const repository = fileURLToPath(new URL("../../../../", import.meta.url));
const spec = "specs/image-variations.yaml";

/**
 * Writes our packages into a folder as the pipeline makes them from a document: the hand-written sources as they are, with
 * the generated ones beside them.
 */
export async function writeChangedPackages(root: string, document: EditableSpec): Promise<void> {
  for (const place of ["specs", "packages/client", "packages/validation"]) {
    cpSync(join(repository, place, "src"), join(root, place, "src"), { recursive: true, filter: isWrittenByHand });
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
