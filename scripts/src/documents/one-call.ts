import { httpMethods, isObject, type JsonObject, lookUp } from "@image-variations/codegen/document";

/** A call that a document can be tried with. */
export interface OneCall {
  /** As `GET /api/tags`. */
  readonly operation: string;
  readonly path: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
}

/** The first operation that can be called with made-up parameters: a GET whose success is JSON, before any other. */
export function findOneCall(document: JsonObject): OneCall | undefined {
  const paths = isObject(document.paths) ? document.paths : {};
  const calls = Object.entries(paths).flatMap(([path, item]) =>
    httpMethods.flatMap((method) => {
      const operation = isObject(item) ? item[method] : undefined;
      if (!isObject(item) || !isObject(operation)) return [];
      const own = [item.parameters, operation.parameters].flatMap((list) => (Array.isArray(list) ? list : []));
      const parameters = own.map((parameter) => followed(document, parameter)).filter((one) => one.required === true);
      const score = Number(method !== "get") * 100 + Number(!hasJson(document, operation)) * 50 + parameters.length;
      if (isObject(operation.requestBody) || parameters.some((one) => one.in === "header" || one.in === "cookie"))
        return [];
      const sent = (place: string): Record<string, unknown> =>
        Object.fromEntries(
          parameters.filter((one) => one.in === place).map((one) => [one.name, sampleOf(document, one)]),
        );
      return [
        { score, call: { operation: `${method.toUpperCase()} ${path}`, path: sent("path"), query: sent("query") } },
      ];
    }),
  );
  return calls.toSorted((a, b) => a.score - b.score)[0]?.call;
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
