import { isObject } from "../document/is-object.ts";
import { listOperations, type Operation, resolve } from "../document/list-operations.ts";
import type { JsonObject, JsonValue, OpenAPIDocument } from "../document/openapi-document.ts";
import { banner } from "./banner.ts";
import { factsOf, urlOf } from "./emit-operations.ts";
import { toSource } from "./to-source.ts";

export interface EmitOptions {
  /** What the first line says the file comes from. */
  readonly name: string;
  /** The command that it names. */
  readonly command: string;
  /** How a file of the same folder is imported. */
  readonly extension: ".js" | ".ts";
}

/** The contract as data: what the runtime makes a client of. */
export function emitContract(
  document: OpenAPIDocument,
  methods: ReadonlyMap<string, string>,
  { name, command }: EmitOptions,
): string {
  const operations = listOperations(document).map((operation): [string, object] => [
    `${operation.method} ${operation.path}`,
    operationOf(document, operation),
  ]);
  const contract = {
    baseURL: urlOf(document.servers?.[0]),
    operations: Object.fromEntries(operations),
    methods: Object.fromEntries([...methods].map(([operation, method]) => [method, operation])),
  };
  return `${banner(name, command)}import type { Contract } from "@image-variations/client/runtime";

/** What the client knows of the document at run time. */
export const contract: Contract = ${toSource(contract)};
`;
}

function operationOf(document: OpenAPIDocument, operation: Operation): object {
  const parameters = parametersOf(document, operation);
  const { bearer, key } = credentialsOf(document, operation.security);
  const styles = parameters
    .filter((one) => one.in === "query")
    .flatMap((one) => {
      const style = styleOf(document, one);
      return style ? [[String(one.name), style]] : [];
    });
  return {
    ...factsOf(document, operation),
    security: bearer,
    bodyAlone: operation.request && parameters.length === 0 ? true : undefined,
    queryStyles: styles.length > 0 ? Object.fromEntries(styles) : undefined,
    key,
  };
}

/** The parameters of an operation, with those of its path. */
function parametersOf(document: OpenAPIDocument, { path, method }: Operation): JsonObject[] {
  const item = document.paths[path] as unknown as JsonObject;
  const operation = item[method.toLowerCase()] as JsonObject;
  return [item.parameters, operation.parameters]
    .flatMap((list) => (Array.isArray(list) ? (list as JsonValue[]) : []))
    .filter((parameter) => isObject(parameter))
    .map((parameter) => resolve<JsonObject>(document, parameter));
}

/** How a query parameter is written, if not as OpenAPI does by default. */
function styleOf(document: OpenAPIDocument, { style, explode, schema }: JsonObject): string | undefined {
  if (style === "deepObject") return "deepObject";
  if (style === "spaceDelimited") return "space";
  if (style === "pipeDelimited") return "pipe";
  const { type } = isObject(schema) ? resolve<JsonObject>(document, schema) : { type: undefined };
  return explode === false && type !== "string" ? "comma" : undefined;
}

/** The schemes by which a bearer token is sent, and the place of a key of another kind. */
function credentialsOf(
  document: OpenAPIDocument,
  names: readonly string[],
): { readonly bearer: readonly string[]; readonly key: object | undefined } {
  const components = (document.components ?? {}) as unknown as JsonObject;
  const known = isObject(components.securitySchemes) ? components.securitySchemes : {};
  const schemes = names.flatMap((name) => {
    const scheme = Object.hasOwn(known, name) ? known[name] : undefined;
    return isObject(scheme) ? [{ name, scheme: resolve<JsonObject>(document, scheme) }] : [];
  });
  const bearer = schemes
    .filter(({ scheme: { type, scheme } }) =>
      type === "http" ? String(scheme).toLowerCase() === "bearer" : type === "oauth2" || type === "openIdConnect",
    )
    .map(({ name }) => name);
  if (bearer.length > 0) return { bearer, key: undefined };
  for (const { scheme } of schemes) {
    if (scheme.type === "apiKey") return { bearer, key: { in: scheme.in, name: scheme.name } };
    if (scheme.type === "http") {
      const word = String(scheme.scheme);
      return {
        bearer,
        key: { in: "header", name: "authorization", prefix: `${word.charAt(0).toUpperCase()}${word.slice(1)} ` },
      };
    }
  }
  return { bearer, key: undefined };
}
