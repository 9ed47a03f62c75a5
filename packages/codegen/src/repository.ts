export { emitSchemaTypes, type SchemaTypesOptions, type UploadType } from "./emit/emit-schema-types.ts";
export { generate, type GeneratedFile, type GenerateOptions } from "./generate/generate.ts";
export { targets, type Target } from "./generate/targets.ts";
