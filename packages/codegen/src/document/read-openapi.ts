import { readBundle } from "./bundle-document.ts";
import type { DocumentSource } from "./document-source.ts";
import { checkOpenAPI, type ParsedOpenAPI } from "./parse-openapi.ts";

/**
 * Reads an OpenAPI 3.0 or 3.1 document, YAML or JSON, with all the files that it refers to, as one document.
 *
 * @param location What the source finds the document by: for files, a path.
 * @param check Looks at the document before its references are followed.
 * @throws SpecError with the file, the line and the column.
 */
export async function readOpenAPI(
  location: string,
  source: DocumentSource,
  check: (document: ParsedOpenAPI["document"], locate: ParsedOpenAPI["locate"]) => void = () => {},
): Promise<ParsedOpenAPI> {
  const bundled = await readBundle(location, source);
  return checkOpenAPI(bundled, source.label(location), ["3.0", "3.1"], check);
}
