export { SpecError } from "./document/spec-error.ts";
export { generateApi, type GenerateApiOptions, type GeneratedApi } from "./output/generate-api.ts";
export { type WriteApiOptions, writeApi, type WrittenApi } from "./output/write-api.ts";
export type { DocumentOptions } from "./prepare/prepare-document.ts";
