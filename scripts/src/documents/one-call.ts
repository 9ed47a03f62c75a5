import { httpMethods, isObject, type JsonObject, lookUp } from "@image-variations/codegen/document";

/** A call that a document can be tried with. */
export interface OneCall {
  /** As `GET /api/tags`. */
  readonly operation: string;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The fields of a form, if it has to be sent; `files` are the names of those that are files. */
  readonly form?: { readonly fields: Readonly<Record<string, unknown>>; readonly files: readonly string[] };
}

/** The first operation that can be called with made-up parameters: a GET whose success is JSON, before any other; a form last. */
export function findOneCall(document: JsonObject): OneCall | undefined {
  const paths = isObject(document.paths) ? document.paths : {};
  const calls = Object.entries(paths).flatMap(([path, item]) =>
    httpMethods.flatMap((method) => {
      const operation = isObject(item) ? item[method] : undefined;
      if (!isObject(item) || !isObject(operation)) return [];
      const own = [item.parameters, operation.parameters].flatMap((list) => (Array.isArray(list) ? list : []));
      const parameters = own.map((parameter) => followed(document, parameter)).filter((one) => one.required === true);
      const form = isObject(operation.requestBody) ? formOf(document, operation.requestBody) : undefined;
      if (isObject(operation.requestBody) && !form) return [];
      if (parameters.some((one) => one.in === "header" || one.in === "cookie")) return [];
      const score =
        Number(form !== undefined) * 1000 +
        Number(method !== "get") * 100 +
        Number(!hasJson(document, operation)) * 50 +
        parameters.length;
      const sent = (place: string): Record<string, unknown> =>
        Object.fromEntries(
          parameters.filter((one) => one.in === place).map((one) => [one.name, sampleOf(document, one)]),
        );
      const call = { operation: `${method.toUpperCase()} ${path}`, path: sent("path"), query: sent("query") };
      return [{ score, call: form ? { ...call, form } : call }];
    }),
  );
  return calls.toSorted((a, b) => a.score - b.score)[0]?.call;
}

/** What a multipart form needs, made up. */
function formOf(document: JsonObject, requestBody: JsonObject): OneCall["form"] {
  const { content } = followed(document, requestBody);
  const { schema } = isObject(content) ? followed(document, content["multipart/form-data"]) : {};
  const { properties, required } = followed(document, schema);
  if (!isObject(properties) || !Array.isArray(required)) return undefined;
  const names = required.map(String);
  const isFile = (name: string): boolean => followed(document, properties[name]).format === "binary";
  const fields = names
    .filter((name) => !isFile(name))
    .map((name) => [name, sampleOf(document, { schema: properties[name]! })]);
  return { fields: Object.fromEntries(fields) as Record<string, unknown>, files: names.filter((name) => isFile(name)) };
}

function hasJson(document: JsonObject, { responses }: JsonObject): boolean {
  const success = isObject(responses) ? (responses["200"] ?? responses["2XX"]) : undefined;
  const { content } = followed(document, success);
  return isObject(content) && "application/json" in content;
}

/** A value that the parameter's schema allows, as far as a few keywords tell. */
function sampleOf(document: JsonObject, parameter: JsonObject): unknown {
  const { example } = parameter;
  if (example !== undefined) return example;
  const schema = followed(document, parameter.schema);
  const { enum: values, type, pattern, minLength, default: value } = schema;
  if (schema.example !== undefined) return schema.example;
  if (value !== undefined) return value;
  if (Array.isArray(values)) return values[0];
  if ([type].flat().some((one) => one === "integer" || one === "number")) return schema.minimum ?? 1;
  if (type === "boolean") return true;
  // The identifiers of many APIs: two letters, and thirty-two digits of sixteen.
  const prefix = /^\^([A-Za-z]{2})\[/.exec(typeof pattern === "string" ? pattern : "")?.[1];
  return prefix ? prefix + "0".repeat(32) : "1".repeat(Math.max(1, Number(minLength ?? 1)));
}

function followed(document: JsonObject, value: unknown): JsonObject {
  let target = value;
  for (let steps = 0; isObject(target as never) && steps < 20; steps++) {
    const { $ref } = target as JsonObject;
    if (typeof $ref !== "string") return target as JsonObject;
    target = lookUp(document, $ref);
  }
  return {};
}
