export { mayRefer, type Kind } from "./document/document-grammar.ts";
export {
  createFileSource,
  createWebSource,
  type DocumentSource,
  type FileSourceOptions,
} from "./document/document-source.ts";
export { isObject } from "./document/is-object.ts";
export { listOperations, resolve, type Operation } from "./document/list-operations.ts";
export { lookUp, placeOf } from "./document/look-up.ts";
export {
  httpMethods,
  type JsonObject,
  type JsonValue,
  type OpenAPIDocument,
  type ReferenceObject,
  type SchemaObject,
} from "./document/openapi-document.ts";
export { parseOpenAPI, type ParsedOpenAPI } from "./document/parse-openapi.ts";
export { readOpenAPI } from "./document/read-openapi.ts";
export { parseSpec, readSpec } from "./document/read-spec.ts";
export { schemaReference } from "./document/schema-reference.ts";
export { closureOf, type Reference, referencesIn, sliceDocument, type Wanted } from "./document/slice-document.ts";
export { SpecError } from "./document/spec-error.ts";
export { mapDocument, walkDocument } from "./document/walk-document.ts";
