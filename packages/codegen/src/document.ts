export { mayRefer, type Kind } from "./document/document-grammar.ts";
export { isObject } from "./document/is-object.ts";
export { listOperations, resolve, type Operation } from "./document/list-operations.ts";
export { lookUp, placeOf } from "./document/look-up.ts";
export { nearestWord } from "./document/nearest-word.ts";
export {
  httpMethods,
  type JsonObject,
  type JsonValue,
  type OpenAPIDocument,
  type ReferenceObject,
  type SchemaObject,
} from "./document/openapi-document.ts";
export { parseOpenAPI } from "./document/parse-openapi.ts";
export { parseSpec, readSpec } from "./document/read-spec.ts";
export { SpecError } from "./document/spec-error.ts";
export { mapDocument, walkDocument } from "./document/walk-document.ts";
