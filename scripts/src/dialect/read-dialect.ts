import { readFileSync } from "node:fs";
import { parse, stringify } from "yaml";
import { isObject } from "../diff/schema/is-object.ts";
import { SourceError } from "../diff/sources/source-error.ts";
import { parseSource } from "../diff/sources/parse-source.ts";
import { neededOperations } from "../generate/needed-operations.ts";
import { parseSpec } from "../generate/read-spec.ts";
import { SpecError } from "../generate/spec-error.ts";
import { applyOverlay } from "./apply-overlay.ts";

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
  const overlay = parseOverlay(text);
  if (!overlay) {
    parseSpec(text, label, neededOperations);
    return text;
  }
  const ours = parseSource(readFileSync(ourSpec, "utf8"), "specs/image-variations.yaml", "base").spec;
  const result = stringify(applyOverlay(ours.document, overlay, label), { aliasDuplicateObjects: false });
  parseSpec(result, `the spec with ${label}`, neededOperations);
  return result;
}

/** The overlay that a text is, or undefined where it is another document, or none. */
function parseOverlay(text: string): ReturnType<typeof asObject> {
  try {
    const value = asObject(parse(text));
    return value && "overlay" in value ? value : undefined;
  } catch (error) {
    if (error instanceof SpecError) throw error;
    // What is no YAML is told by the parser of specs, with its place.
    return undefined;
  }
}

function asObject(value: unknown) {
  return isObject(value) ? value : undefined;
}
