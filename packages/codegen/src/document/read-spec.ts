import { readFileSync } from "node:fs";
import { checkSpec } from "./check-spec.ts";
import type { HttpMethod, OpenAPIDocument } from "./openapi-document.ts";
import { parseOpenAPI } from "./parse-openapi.ts";
import { SpecError } from "./spec-error.ts";

/** An operation that a spec can't do without. */
export interface NeededOperation {
  readonly method: HttpMethod;
  readonly path: string;
}

/**
 * Reads an OpenAPI 3.1 document, YAML or JSON, and makes sure that the emitters can rely on it: it parses, it has
 * paths, and every `$ref` leads to something inside it.
 *
 * @param path Where the file is; `label` is what errors call it.
 * @param needed Operations that must be there.
 * @throws SpecError with the file, the line and the column.
 */
export function readSpec(path: string, label: string = path, needed: readonly NeededOperation[] = []): OpenAPIDocument {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new SpecError(`${label}: the spec cannot be read (${(cause as NodeJS.ErrnoException).code}).`, { cause });
  }
  return parseSpec(text, label, needed);
}

/** Parses the text of an OpenAPI 3.1 document; see {@link readSpec}. */
export function parseSpec(text: string, label: string, needed: readonly NeededOperation[] = []): OpenAPIDocument {
  const { document, locate } = parseOpenAPI(text, label, ["3.1"], checkSpec);
  const { paths } = document;
  if (typeof paths !== "object" || paths === null || Object.keys(paths).length === 0) {
    throw new SpecError(`${locate(["paths"])}: the spec has no paths, so there is nothing to generate.`);
  }
  const spec = document as unknown as OpenAPIDocument;
  const missing = needed.find(({ method, path }) => !spec.paths[path]?.[method]);
  if (missing) {
    throw new SpecError(
      `${locate(["paths", missing.path])}: the spec has no ${missing.method.toUpperCase()} ${missing.path}, ` +
        `which the packages' hand-written code calls; add it, or keep it where it was.`,
    );
  }
  return spec;
}
