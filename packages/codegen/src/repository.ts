export { emitSchemaTypes, type SchemaTypesOptions, type UploadType } from "./emit/emit-schema-types.ts";
export { generate, type GeneratedFile, type GenerateOptions } from "./generate/generate.ts";
export { targets, type Target } from "./generate/targets.ts";
export { applyOverlay, type LocateInOverlay } from "./overlay/apply-overlay.ts";
export { parseOverlay, type ParsedOverlay } from "./overlay/parse-overlay.ts";
