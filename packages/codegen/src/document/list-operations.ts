import { isObject } from "./is-object.ts";
import { lookUp } from "./look-up.ts";
import {
  httpMethods,
  type JsonObject,
  type JsonValue,
  type OpenAPIDocument,
  type OperationObject,
  type ReferenceObject,
  type RequestBodyObject,
  type SchemaObject,
} from "./openapi-document.ts";
import { SpecError } from "./spec-error.ts";

/** One operation of the document, its references resolved as far as the emitters look. */
export interface Operation {
  readonly operationId: string;
  /** In capitals, as on the wire. */
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description?: string;
  /** The first of its tags. */
  readonly tag?: string;
  /** Names of the security schemes of which the operation needs one. */
  readonly security: readonly string[];
  /** Absent where the operation takes no body. */
  readonly request?: {
    readonly mediaType: string;
    readonly schema: SchemaObject;
    /** The reference that the schema is written as, if it is one. */
    readonly reference?: string;
  };
}

/** Every operation, in the order of the document. */
export function listOperations(document: OpenAPIDocument): Operation[] {
  const operations: Operation[] = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of httpMethods) {
      const operation = item[method];
      if (operation) operations.push(toOperation(document, path, method.toUpperCase(), operation));
    }
  }
  return operations;
}

function toOperation(document: OpenAPIDocument, path: string, method: string, operation: OperationObject): Operation {
  if (!operation.operationId) {
    throw new SpecError(`${method} ${path} has no operationId, and the generated tables are named after it.`);
  }
  const request = toRequest(document, operation.requestBody);
  const [tag] = operation.tags ?? [];
  return {
    operationId: operation.operationId,
    method,
    path,
    summary: operation.summary ?? `${method} ${path}`,
    security: (operation.security ?? document.security ?? []).flatMap((requirement) => Object.keys(requirement)),
    ...(operation.description !== undefined && { description: operation.description }),
    ...(tag !== undefined && { tag }),
    ...(request && { request }),
  };
}

/** Of several media types of a body, the one that is sent; the runtime's types have the same order. */
const preferredTypes = ["application/json", "multipart/form-data", "application/x-www-form-urlencoded"];

function toRequest(
  document: OpenAPIDocument,
  body: ReferenceObject | RequestBodyObject | undefined,
): Operation["request"] | undefined {
  const resolved = body && resolve<RequestBodyObject>(document, body);
  const content = resolved?.content ?? {};
  const mediaType = preferredTypes.find((type) => Object.hasOwn(content, type)) ?? Object.keys(content)[0];
  if (mediaType === undefined) return undefined;
  const { schema = {} } = content[mediaType]!;
  const { $ref: reference } = schema as Partial<ReferenceObject>;
  return { mediaType, schema: resolve<SchemaObject>(document, schema), ...(reference !== undefined && { reference }) };
}

/** The parameters of an operation, with those of its path. */
export function parametersOf(document: OpenAPIDocument, { path, method }: Operation): JsonObject[] {
  const item = document.paths[path] as unknown as JsonObject;
  const operation = item[method.toLowerCase()] as JsonObject;
  return [item.parameters, operation.parameters]
    .flatMap((list) => (Array.isArray(list) ? (list as JsonValue[]) : []))
    .filter((parameter) => isObject(parameter))
    .map((parameter) => resolve<JsonObject>(document, parameter));
}

/** Follows `$ref`s to the end. `readSpec` has seen that each leads somewhere. A schema that is true or false says nothing more. */
export function resolve<Target extends object>(document: OpenAPIDocument, value: unknown): Target {
  let target = value as JsonValue | undefined;
  while (isObject(target) && typeof target.$ref === "string") target = lookUp(document, target.$ref) as JsonValue;
  return (isObject(target) ? target : {}) as unknown as Target;
}
