import { httpMethods } from "./openapi-document.ts";
import { keywordValues, otherKeywords } from "./schema-keywords.ts";

/**
 * What stands at a place of an OpenAPI document. Only the place says whether a key is a keyword or a name: `content` is
 * one thing in a response, and another among the properties of a schema. `data` is never looked into.
 */
export type Kind =
  | "document"
  | "pathItem"
  | "operation"
  | "callback"
  | "parameter"
  | "requestBody"
  | "mediaType"
  | "encoding"
  | "response"
  | "header"
  | "link"
  | "example"
  | "components"
  | "securityScheme"
  | "schema"
  | "discriminator"
  | "data"
  | MapKind
  | ListKind;

/** An object whose keys are names. */
export type MapKind =
  | "paths"
  | "pathItems"
  | "callbacks"
  | "parameters"
  | "requestBodies"
  | "content"
  | "encodings"
  | "responses"
  | "headers"
  | "headerComponents"
  | "links"
  | "examples"
  | "securitySchemes"
  | "schemas";

export type ListKind = "parameterList" | "schemaList" | "schemaOrSchemas";

const mapKinds: Readonly<Record<MapKind, Kind>> = {
  paths: "pathItem",
  pathItems: "pathItem",
  callbacks: "callback",
  parameters: "parameter",
  requestBodies: "requestBody",
  content: "mediaType",
  encodings: "encoding",
  responses: "response",
  headers: "header",
  headerComponents: "header",
  links: "link",
  examples: "example",
  securitySchemes: "securityScheme",
  schemas: "schema",
};

const described = { schema: "schema", content: "content", examples: "examples" } as const;

/** The keywords of each kind of object that lead to something else than data. */
const keywords: { readonly [kind in Kind]?: Readonly<Record<string, Kind>> } = {
  document: { paths: "paths", webhooks: "pathItems", components: "components" },
  pathItem: { parameters: "parameterList", ...Object.fromEntries(httpMethods.map((method) => [method, "operation"])) },
  operation: {
    parameters: "parameterList",
    requestBody: "requestBody",
    responses: "responses",
    callbacks: "callbacks",
  },
  parameter: described,
  header: described,
  requestBody: { content: "content" },
  mediaType: { schema: "schema", examples: "examples", encoding: "encodings" },
  encoding: { headers: "headers" },
  response: { headers: "headers", content: "content", links: "links" },
  components: {
    schemas: "schemas",
    responses: "responses",
    parameters: "parameters",
    examples: "examples",
    requestBodies: "requestBodies",
    headers: "headerComponents",
    securitySchemes: "securitySchemes",
    links: "links",
    callbacks: "callbacks",
    pathItems: "pathItems",
  },
  schema: {
    ...Object.fromEntries(
      (
        "additionalItems additionalProperties propertyNames contains not if then else unevaluatedItems " +
        "unevaluatedProperties contentSchema"
      )
        .split(" ")
        .map((keyword) => [keyword, "schema"]),
    ),
    items: "schemaOrSchemas",
    allOf: "schemaList",
    anyOf: "schemaList",
    oneOf: "schemaList",
    prefixItems: "schemaList",
    properties: "schemas",
    patternProperties: "schemas",
    dependentSchemas: "schemas",
    dependencies: "schemas",
    $defs: "schemas",
    definitions: "schemas",
    discriminator: "discriminator",
  },
};

/** What stands in an object of a kind, under a key. */
export function kindBelow(kind: Kind, key: string): Kind {
  // Among paths, callbacks and statuses, OpenAPI allows extensions; elsewhere such a name is a name like any other.
  if (key.startsWith("x-") && ["paths", "responses", "callback"].includes(kind)) return "data";
  if (kind in mapKinds) return mapKinds[kind as MapKind];
  if (kind === "callback") return "pathItem";
  const known = keywords[kind];
  return known && Object.hasOwn(known, key) ? known[key]! : "data";
}

/** Whether a `$ref` at a place of a kind is a reference, and not a name or data. */
export function mayRefer(kind: Kind): boolean {
  return !(kind in mapKinds) && kind !== "data" && kind !== "document" && kind !== "components";
}

/** The keys of each kind of object that lead to data. */
const dataKeys: { readonly [kind in Kind]?: string } = {
  document: "openapi info jsonSchemaDialect servers security tags externalDocs $self",
  pathItem: "$ref summary description servers",
  operation: "tags summary description externalDocs operationId deprecated security servers",
  parameter: "$ref name in description required deprecated allowEmptyValue style explode allowReserved example",
  header: "$ref description required deprecated allowEmptyValue style explode example",
  requestBody: "$ref description required",
  mediaType: "example",
  encoding: "contentType style explode allowReserved",
  response: "$ref summary description",
  link: "$ref operationRef operationId parameters requestBody description server",
  example: "$ref summary description value externalValue",
  components: "",
  securityScheme: "$ref type description name in scheme bearerFormat flows openIdConnectUrl",
  discriminator: "propertyName mapping",
  schema: [...Object.keys(keywordValues), ...otherKeywords].join(" "),
};

const allKeys: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(dataKeys).map(([kind, data]) => {
    const others = Object.keys(keywords[kind as Kind] ?? {});
    return [kind, [...new Set([...data.split(" ").filter(Boolean), ...others])]];
  }),
);

/** Every key that OpenAPI knows in an object of a kind; undefined if its keys are names. */
export function knownKeys(kind: Kind): readonly string[] | undefined {
  return allKeys.get(kind);
}
