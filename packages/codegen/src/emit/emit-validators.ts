import { isObject } from "../document/is-object.ts";
import { listOperations, type Operation, resolve } from "../document/list-operations.ts";
import type {
  HttpMethod,
  JsonObject,
  JsonValue,
  OpenAPIDocument,
  RequestBodyObject,
  SchemaObject,
} from "../document/openapi-document.ts";
import { isKeywordValue, keywordValues } from "../document/schema-keywords.ts";
import { SpecError } from "../document/spec-error.ts";
import { capitalized } from "../prepare/operation-names.ts";
import { banner } from "./banner.ts";
import { comment } from "./comment.ts";
import type { EmitOptions } from "./emit-contract.ts";
import { createJsonRules, isPattern, type JsonRulesOf } from "./emit-json-rules.ts";
import { rowOf } from "./emit-parameter-tables.ts";
import { toSource } from "./to-source.ts";

/** The validators, and why some operations have none. */
export interface EmittedValidators {
  /** Undefined if no operation has a validator. */
  readonly text: string | undefined;
  /** A sentence for each operation with a body and without a validator. */
  readonly left: readonly string[];
}

/** A validator for each operation whose body is JSON or a form, and says anything of what it has to be. */
export function emitValidators(document: OpenAPIDocument, { name, command }: EmitOptions): EmittedValidators {
  const left: string[] = [];
  const json = createJsonRules(document);
  const used = new Set<string>();
  const validators = listOperations(document).flatMap((operation) => {
    const { request, method, path, operationId } = operation;
    if (!request) return [];
    const call = callOf(document, operation, json);
    if (typeof call === "string") {
      left.push(`${method} ${path} has no validator: ${call}.`);
      return [];
    }
    for (const one of call.uses) used.add(one);
    return `
/** Checks the body of ${comment(`${method} ${path}`)}. */
export const validate${capitalized(operationId)}: Validator = ${call.source};
`;
  });
  if (validators.length === 0) return { text: undefined, left };
  const text = [
    banner(name, command),
    importOf(["createValidator", "inspectPng", "suggestValue", "type Validator"], used, "@image-variations/validation"),
    importOf(
      ["createJsonCheck", "createJsonValidator", "type JsonSchemas", "warnIfMisspelt"],
      used,
      "@image-variations/validation/json",
    ),
    ...(json.unchecked.size > 0 ? [`\n// Not checked: ${[...json.unchecked].toSorted().join(", ")}.\n`] : []),
    ...(used.has("type JsonSchemas")
      ? [
          `\n/** Rules that several bodies have, or that contain themselves. */\nconst schemas: JsonSchemas = ${toSource(Object.fromEntries(json.schemas))};\n`,
        ]
      : []),
    ...validators,
  ];
  return { text: text.join(""), left };
}

function importOf(names: readonly string[], used: ReadonlySet<string>, from: string): string {
  const wanted = names.filter((name) => used.has(name));
  return wanted.length > 0 ? `import { ${wanted.join(", ")} } from ${JSON.stringify(from)};\n` : "";
}

/** A call that makes a validator, and what it uses. */
interface Call {
  readonly source: string;
  readonly uses: readonly string[];
}

/** How the validator of an operation is made, or why there is none. */
function callOf(document: OpenAPIDocument, operation: Operation, json: JsonRulesOf): Call | string {
  const { mediaType, schema } = operation.request!;
  const isForm = /^multipart\/|urlencoded/.test(mediaType);
  if (!isForm && !/[/+]json\b/.test(mediaType)) return `its body is ${mediaType}, and not JSON or a form`;
  const isTable = isForm && isObject(schema.properties) && !parts.some((keyword) => keyword in schema);
  const call = isTable ? callOfTable(document, operation, json) : callOfJson(document, operation, json);
  return call ?? "its schema does not say what is allowed";
}

/** What makes a schema more than its properties. */
const parts = ["allOf", "anyOf", "oneOf"];

function callOfJson(
  document: OpenAPIDocument,
  { path, method, request }: Operation,
  json: JsonRulesOf,
): Call | undefined {
  const operation = document.paths[path]![method.toLowerCase() as HttpMethod]!;
  const body = resolve<RequestBodyObject & { readonly required?: boolean }>(document, operation.requestBody!);
  const rules = json.rulesOf((body.content[request!.mediaType]!.schema ?? {}) as JsonValue);
  if (Object.keys(rules).length === 0) return undefined;
  const own = sharedOf(rules);
  const options = [...own.map(() => "schemas"), "suggest: suggestValue", ...(body.required ? [] : ["optional: true"])];
  return {
    source: `createJsonValidator(${toSource(rules)}, { ${options.join(", ")} })`,
    uses: ["type Validator", "suggestValue", "createJsonValidator", ...own],
  };
}

function callOfTable(
  document: OpenAPIDocument,
  { request, operationId }: Operation,
  json: JsonRulesOf,
): Call | undefined {
  const rows = rowsOf(document, request!.schema, operationId, json);
  if (rows.length === 0) return undefined;
  const kinds = new Set(rows.map(({ kind }) => kind));
  const images = kinds.has("image") || kinds.has("images") ? ["inspectPng"] : [];
  const jsonCheck = kinds.has("json") ? ["createJsonCheck"] : [];
  const own = sharedOf(rows);
  const isClosed = (request!.schema as unknown as JsonObject).additionalProperties === false;
  const misspelt = isClosed ? [] : ["warnIfMisspelt"];
  const options = [
    ...images.map((name) => `inspect: ${name}`),
    "suggest: suggestValue",
    ...jsonCheck.map((name) => `json: ${name}(${own.length > 0 ? "schemas" : ""})`),
    ...misspelt.map((name) => `unknown: ${name}`),
  ];
  return {
    source: `createValidator(${toSource(rows)}, { ${options.join(", ")} })`,
    uses: ["type Validator", "suggestValue", "createValidator", ...images, ...jsonCheck, ...misspelt, ...own],
  };
}

/** What a module has to import for rules that refer to shared ones. */
function sharedOf(rules: unknown): string[] {
  return JSON.stringify(rules).includes('"$ref":') ? ["type JsonSchemas"] : [];
}

/** The rows of a form: its files, and its other parameters by the tables or, if those can't state their rules, as JSON. */
function rowsOf(
  document: OpenAPIDocument,
  { properties = {}, required = [] }: SchemaObject,
  operationId: string,
  json: JsonRulesOf,
): { readonly kind: string }[] {
  return Object.entries(properties).map(([name, property]) => {
    const schema = resolve<SchemaObject & { readonly readOnly?: boolean }>(document, property);
    const isRequired = required.includes(name) && schema.readOnly !== true;
    const common = { name, ...(isRequired && { required: true }) };
    const file = schema.items ? resolve<SchemaObject>(document, schema.items) : schema;
    if (file.format === "binary" && !file["x-image-limits"]) {
      const { minItems, maxItems } = schema;
      const one = { type: "file" };
      return { ...common, kind: "json", rules: schema.items ? { type: "array", items: one, minItems, maxItems } : one };
    }
    try {
      checkKeywords(schema);
      return rowOf(document, property, { name, required: isRequired, place: `${operationId}.${name}` }) as {
        kind: string;
      };
    } catch (error) {
      if (!(error instanceof SpecError)) throw error;
      return { ...common, kind: "json", rules: json.rulesOf(property as unknown as JsonValue) };
    }
  });
}

/** Sees that what the tables take as it is can be taken. */
function checkKeywords(schema: SchemaObject): void {
  for (const [keyword, value] of Object.entries(schema as unknown as JsonObject)) {
    const is = !(keyword in keywordValues) || isKeywordValue(keyword, value);
    if (!is || (keyword === "pattern" && !isPattern(value)))
      throw new SpecError(`${keyword} can't be ${JSON.stringify(value)}.`);
  }
}
