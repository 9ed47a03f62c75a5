import { banner } from "./banner.ts";
import type { OpenAPIDocument } from "../document/openapi-document.ts";
import { toSource } from "./to-source.ts";

/** The document as a typed constant: what `@image-variations/spec` exports. */
export function emitDocument(document: OpenAPIDocument, specName: string): string {
  return `${banner(specName)}/** The contract as an OpenAPI 3.1 document, typed to its last literal. */
export const document = ${toSource(document)} as const;
`;
}
