export { createSchema } from "./create-schema.ts";
export { createValidator } from "./create-validator.ts";
export type {
  ImageInspector,
  InspectedImage,
  ValidationResult,
  Validator,
  ValidatorOptions,
} from "./create-validator.ts";
export { formatReport } from "./format-report.ts";
export { parameterTables } from "./generated/parameter-tables.ts";
export { createImageVariation as imageVariationTable } from "./generated/parameter-tables.ts";
export type { ErrorObject, ErrorResponse, ImageCreateVariationParams, ImageModel } from "./generated/schema.ts";
export type { Issue, IssueCode } from "./issue.ts";
export type {
  BooleanParameter,
  ImageLimits,
  ImageParameter,
  ImagesParameter,
  JsonParameter,
  NumericParameter,
  Parameter,
  ParameterBase,
  ParameterTable,
  TextParameter,
} from "./parameter-table.ts";
export { checkParameters } from "./parameters/check-parameters.ts";
export type { ParameterCheck, Suggest, UnknownCheck } from "./parameters/parameter-check.ts";
export type { ParameterIssueCode } from "./parameters/parameter-issues.ts";
export { suggestValue } from "./parameters/suggest-value.ts";
export type { FileIssueCode } from "./png/file-issues.ts";
export type { HeaderIssueCode } from "./png/header-issues.ts";
export { identifyFile } from "./png/identify-file.ts";
export type { FileKind, Identify } from "./png/identify-file.ts";
export { inspectPng } from "./png/inspect-png.ts";
export type { InspectOptions } from "./png/inspect-png.ts";
export { inspectPngHeader } from "./png/inspect-png-header.ts";
export type { InspectHeaderOptions } from "./png/inspect-png-header.ts";
export { inspectPngSync } from "./png/inspect-png-sync.ts";
export type { InspectSyncOptions } from "./png/inspect-png-sync.ts";
export type { DepthOptions, InspectionDepth } from "./png/inspection-options.ts";
export type { PngHeader, PngInspection } from "./png/png-inspection.ts";
export { ImageReadError } from "./sources/image-read-error.ts";
export type { ImageChunk, ImageSource } from "./sources/image-source.ts";
export { imageVariationParams, validateImageVariation } from "./validate-image-variation.ts";
export type { ValidateOptions } from "./validate-image-variation.ts";
