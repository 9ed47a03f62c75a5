import { readFileSync } from "node:fs";
import { stringify } from "yaml";
import { SourceError } from "../diff/sources/source-error.ts";
import { parseSource } from "../diff/sources/parse-source.ts";
import { neededOperations } from "../generate/needed-operations.ts";
import { parseSpec } from "../generate/read-spec.ts";
import { applyOverlay } from "./apply-overlay.ts";
import { parseOverlay } from "./parse-overlay.ts";

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
    throw new SourceError(`${label} can't be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
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
