import { readFileSync } from "node:fs";
import { CommandError } from "@image-variations/command";
import { stringify } from "yaml";
import { parseSource } from "@image-variations/spec-diff";
import { applyOverlay, neededOperations, parseOverlay } from "@image-variations/codegen/repository";
import { parseSpec } from "@image-variations/codegen/document";

/**
 * The spec of a dialect as YAML: a whole document, or ours with an overlay applied.
 *
 * @throws SpecError where the file, or what the overlay makes of ours, can't be used.
 */
export function readDialect(path: string, label: string, ourSpec: string): string {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new CommandError(`${label} can't be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
  const parsed = parseOverlay(text, label);
  if (!parsed) {
    parseSpec(text, label, neededOperations);
    return text;
  }
  const ours = parseSource(readFileSync(ourSpec, "utf8"), "specs/image-variations.yaml", "base").spec;
  const applied = applyOverlay(ours.document, parsed.overlay, label, parsed.locate);
  const result = stringify(applied, { aliasDuplicateObjects: false });
  parseSpec(result, `the spec with ${label}`, neededOperations);
  return result;
}
