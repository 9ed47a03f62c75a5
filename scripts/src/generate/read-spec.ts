import { readFileSync } from "node:fs";
import type { OpenAPIDocument } from "./openapi-document.ts";
import { parseOpenAPI } from "./parse-openapi.ts";
import { SpecError } from "./spec-error.ts";

/**
 * Reads an OpenAPI 3.1 document, YAML or JSON, and makes sure that the emitters can rely on it: it parses, it has
 * paths, and every `$ref` leads to something inside it.
 *
 * @param path Where the file is; `label` is what errors call it.
 * @throws SpecError with the file, the line and the column.
 */
export function readSpec(path: string, label: string = path): OpenAPIDocument {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new SpecError(`${label}: the spec cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
  return parseSpec(text, label);
}

/** Parses the text of an OpenAPI 3.1 document; see {@link readSpec}. */
export function parseSpec(text: string, label: string): OpenAPIDocument {
  const { document, locate } = parseOpenAPI(text, label, ["3.1"]);
  const { paths } = document;
  if (typeof paths !== "object" || paths === null || Object.keys(paths).length === 0) {
    throw new SpecError(`${locate(["paths"])}: the spec has no paths, so there is nothing to generate.`);
  }
  return document as unknown as OpenAPIDocument;
}
