import { isObject } from "../document/is-object.ts";
import { listOperations, type Operation, parametersOf, resolve } from "../document/list-operations.ts";
import type { JsonObject, OpenAPIDocument, ServerObject } from "../document/openapi-document.ts";
import { banner } from "./banner.ts";
import { hasEvents, responseFactsOf, schemaOf } from "./response-facts.ts";
import { importsOf, type RuntimePlaces } from "./runtime-imports.ts";
import { toSource } from "./to-source.ts";

export interface EmitOptions {
  /** What the first line says the file comes from. */
  readonly name: string;
  /** The command that it names. */
  readonly command: string;
  /** How a file of the same folder is imported. */
  readonly extension: ".js" | ".ts";
  /** Where what the runtime exports is imported from. */
  readonly runtime: RuntimePlaces;
}

/** The contract as data: what the runtime makes a client of. */
export function emitContract(
  document: OpenAPIDocument,
  methods: ReadonlyMap<string, string>,
  { name, command, runtime }: EmitOptions,
): string {
  const all = listOperations(document);
  const operations = all.map((operation): [string, ContractFacts] => [
    `${operation.method} ${operation.path}`,
    operationOf(document, operation),
  ]);
  const encoders = encodersOf(operations.map(([, facts]) => facts));
  const hasParameters = all.some(
    (operation, index) => parametersOf(document, operation).length > 0 || operations[index]![1].key !== undefined,
  );
  const others = [
    ...(hasParameters ? ["writeParameters"] : []),
    ...(operations.some(([, { response }]) => response === undefined) ? ["parseContent"] : []),
  ];
  const contract = {
    baseURL: urlOf(document.servers?.[0]),
    operations: Object.fromEntries(operations),
    methods: Object.fromEntries([...methods].map(([operation, method]) => [method, operation])),
  };
  const data = toSource(contract).replace(/\n}$/, `\n${writeParts(encoders, others)}}`);
  return `${banner(name, command)}${importsOf(runtime, [...new Set(encoders.values()), ...others, "type Contract"])}
/** What the client knows of the document at run time. */
export const contract: Contract = ${data};
`;
}

/** What a contract has of an operation. */
interface ContractFacts {
  readonly requestMediaType: string | undefined;
  readonly key: object | undefined;
  readonly response: object | undefined;
  readonly [fact: string]: unknown;
}

/** The function of the runtime that writes each media type of a body. */
function encodersOf(operations: readonly ContractFacts[]): ReadonlyMap<string, string> {
  const types = operations.flatMap(({ requestMediaType: type }) => (type === undefined ? [] : [type]));
  return new Map(types.map((type) => [type, encoderOf(type)]));
}

function encoderOf(mediaType: string): string {
  if (/[/+]json\b/i.test(mediaType)) return "encodeJson";
  if (mediaType === "multipart/form-data") return "encodeMultipart";
  return mediaType === "application/x-www-form-urlencoded" ? "encodeForm" : "encodeBytes";
}

function writeParts(encoders: ReadonlyMap<string, string>, others: readonly string[]): string {
  const lines = [...encoders].map(([type, encoder]) => `    ${JSON.stringify(type)}: ${encoder},\n`);
  return [
    lines.length > 0 ? `  encoders: {\n${lines.join("")}  },\n` : "",
    ...others.map((name) => `  ${name},\n`),
  ].join("");
}

function operationOf(document: OpenAPIDocument, operation: Operation): ContractFacts {
  const parameters = parametersOf(document, operation);
  const { bearer, key } = credentialsOf(document, operation.security);
  const styles = parameters
    .filter((one) => one.in === "query")
    .flatMap((one) => {
      const style = styleOf(document, one);
      return style ? [[String(one.name), style]] : [];
    });
  return {
    security: bearer,
    requestMediaType: operation.request?.mediaType,
    uploads: unlessEmpty(uploadsOf(document, operation)),
    maxima: unlessEmpty(maximaOf(document, operation)),
    response: responseFactsOf(document, operation),
    events: hasEvents(document, operation) || undefined,
    bodyAlone: operation.request && parameters.length === 0 ? true : undefined,
    queryStyles: styles.length > 0 ? Object.fromEntries(styles) : undefined,
    key,
  };
}

function unlessEmpty(facts: object): object | undefined {
  return Object.keys(facts).length > 0 ? facts : undefined;
}

function uploadsOf(document: OpenAPIDocument, { request }: Operation): Record<string, object> {
  const uploads: Record<string, object> = {};
  for (const [name, property] of Object.entries(request?.schema.properties ?? {})) {
    const schema = schemaOf(document, property);
    const file = schema.items ? schemaOf(document, schema.items) : schema;
    if (file.format !== "binary") continue;
    uploads[name] = { exclusiveMaximumBytes: file["x-image-limits"]?.exclusiveMaximumBytes };
  }
  return uploads;
}

function maximaOf(document: OpenAPIDocument, { request }: Operation): Record<string, number> {
  const maxima: Record<string, number> = {};
  for (const [name, property] of Object.entries(request?.schema.properties ?? {})) {
    const { maximum } = schemaOf(document, property);
    if (maximum !== undefined) maxima[name] = maximum;
  }
  return maxima;
}

/** A server's URL with its variables filled in. */
export function urlOf(server: ServerObject | undefined): string {
  const url = server?.url ?? "/";
  return url.replaceAll(
    /\{([^}]+)\}/g,
    (placeholder, name: string) => server?.variables?.[name]?.default ?? placeholder,
  );
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
