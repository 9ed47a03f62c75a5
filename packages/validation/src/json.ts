export { createJsonCheck } from "./json/create-json-check.ts";
export { createJsonValidator, type JsonValidatorOptions } from "./json/create-json-validator.ts";
export type { JsonCheck, JsonToCheck } from "./json/json-check.ts";
export { warnIfMisspelt } from "./json/warn-if-misspelt.ts";
export type { JsonIssueCode } from "./json/json-issues.ts";
export type { JsonRules, JsonSchemas, JsonType, JsonValue } from "./json/json-rules.ts";
