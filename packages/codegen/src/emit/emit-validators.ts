import { isObject } from "../document/is-object.ts";
import { listOperations, type Operation, parametersOf, resolve } from "../document/list-operations.ts";
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

/**
 * A validator for each operation whose body is JSON or a form, and says anything of what it has to be, and another one for
 * each that has parameters.
 */
export function emitValidators(document: OpenAPIDocument, { name, command }: EmitOptions): EmittedValidators {
  const left: string[] = [];
  const json = createJsonRules(document);
  const used = new Set<string>();
  const operations = listOperations(document);
  const names = validatorNames(operations);
  const written = (what: string, validator: string, call: Call): string => {
    for (const one of call.uses) used.add(one);
    return `\n/** Checks ${comment(what)}. */\nexport const ${validator}: Validator = ${pure}${call.source};\n`;
  };
  const validators = operations.flatMap((operation) => {
    const { request, method, path } = operation;
    const own = names.get(operation)!;
    const body = request && callOf(document, operation, json);
    if (typeof body === "string") left.push(`${method} ${path} has no validator: ${body}.`);
    const parameters = callOfParameters(document, operation, json);
    return [
      ...(typeof body === "object" ? [written(`the body of ${method} ${path}`, own.body, body)] : []),
      ...(parameters ? [written(`the parameters of ${method} ${path}`, own.parameters, parameters)] : []),
    ];
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

/** The names of each operation's validators, with `_` where another operation has the name already. */
function validatorNames(
  operations: readonly Operation[],
): ReadonlyMap<Operation, { readonly body: string; readonly parameters: string }> {
  const taken = new Set<string>();
  const free = (wanted: string): string => {
    const name = taken.has(wanted) ? free(`${wanted}_`) : wanted;
    taken.add(name);
    return name;
  };
  const nameOf = ({ operationId }: Operation): string => `validate${capitalized(operationId)}`;
  // Those of bodies first, so that none of them depends on which operations have parameters.
  const bodies = new Map(operations.filter(({ request }) => request).map((one) => [one, free(nameOf(one))]));
  return new Map(
    operations.map((one) => [one, { body: bodies.get(one) ?? "", parameters: free(`${nameOf(one)}Parameters`) }]),
  );
}

function importOf(names: readonly string[], used: ReadonlySet<string>, from: string): string {
  const wanted = names.filter((name) => used.has(name));
  return wanted.length > 0 ? `import { ${wanted.join(", ")} } from ${JSON.stringify(from)};\n` : "";
}

/** Lets a bundler leave out a validator that nothing uses. */
const pure = "/* @__PURE__ */ ";

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
  return Object.keys(rules).length > 0 ? callOfRules(rules, body.required === true) : undefined;
}

/** Where a parameter goes, and the names that OpenAPI has ignored there: what the body and the response are tells those. */
const parameterPlaces: { readonly [place: string]: readonly string[] } = {
  path: [],
  query: [],
  header: ["accept", "content-type", "authorization"],
  cookie: [],
};

/** The validator of `{ path, query, header, cookie }`, as a method takes them. */
function callOfParameters(document: OpenAPIDocument, operation: Operation, json: JsonRulesOf): Call | undefined {
  const parameters = parametersOf(document, operation);
  const places = Object.entries(parameterPlaces).flatMap(([place, ignored]) => {
    const own = parameters.filter(
      (parameter) => parameter.in === place && !ignored.includes(String(parameter.name).toLowerCase()),
    );
    if (own.length === 0) return [];
    // An operation's own parameter replaces its path's of the same name.
    const byName = new Map(own.map((parameter) => [String(parameter.name), parameter]));
    const required = [...byName].filter(([, parameter]) => parameter.required === true).map(([name]) => name);
    const properties = Object.fromEntries(
      [...byName].map(([name, parameter]) => [name, json.rulesOf(schemaOfParameter(parameter))]),
    );
    return [[place, { type: "object", properties, ...(required.length > 0 && { required }) }] as const];
  });
  if (places.length === 0) return undefined;
  const required = places.filter(([, rules]) => rules.required).map(([place]) => place);
  const properties = Object.fromEntries(places);
  return callOfRules({ type: "object", properties, ...(required.length > 0 && { required }) }, required.length > 0);
}

/** What a parameter may be; one that is written as a media type has its schema there. */
function schemaOfParameter({ schema, content }: JsonObject): JsonValue {
  if (!isObject(content)) return schema ?? {};
  const [media] = Object.values(content);
  return (isObject(media) ? media.schema : undefined) ?? {};
}

function callOfRules(rules: Record<string, unknown>, isRequired: boolean): Call {
  const own = sharedOf(rules);
  const options = [...own.map(() => "schemas"), "suggest: suggestValue", ...(isRequired ? [] : ["optional: true"])];
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
    ...jsonCheck.map((name) => `json: ${pure}${name}(${own.length > 0 ? "schemas" : ""})`),
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
