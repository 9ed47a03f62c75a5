import type { OpenAPIDocument } from "../document/openapi-document.ts";

/** The document as JSON, for programs that read no YAML. */
export function emitJson(document: OpenAPIDocument): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}
