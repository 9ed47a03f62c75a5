import { parametersOf } from "../document/list-operations.ts";
import type { OpenAPIDocument, SchemaObject } from "../document/openapi-document.ts";
import { SpecError } from "../document/spec-error.ts";
import { capitalized } from "../prepare/operation-names.ts";
import { banner } from "./banner.ts";
import { comment } from "./comment.ts";
import { schemaTypeNames } from "./emit-schema-types.ts";
import { type ClientMethod, groupMethods } from "./group-methods.ts";
import { successSchema } from "./response-facts.ts";
import { importsOf, type RuntimePlaces } from "./runtime-imports.ts";

/** What our own client's methods are written with. */
export interface EmitMethodsOptions {
  /** Further names of schemas: name → schema. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly runtime: RuntimePlaces;
}

/**
 * The methods of our own client: an interface for each group, with the types of the schemas by their names, and the docs that
 * editors show.
 *
 * @throws SpecError if a method is neither on the client nor in one of its groups.
 */
export function emitMethods(
  document: OpenAPIDocument,
  methods: ReadonlyMap<string, string>,
  specName: string,
  { aliases, runtime }: EmitMethodsOptions,
): string {
  const root = groupMethods(document, methods);
  const types = schemaTypeNames(document, aliases);
  const used = new Set<string>();
  const typeOf = (schema: SchemaObject | undefined): string | undefined => {
    const type = types.get(/^#\/components\/schemas\/([^/]+)$/.exec(schema?.$ref ?? "")?.[1] ?? "");
    if (type !== undefined) used.add(type);
    return type;
  };
  const write = (name: string, { path, operation }: ClientMethod): string => {
    const { method, request, summary, description } = operation;
    const key = `paths[${JSON.stringify(operation.path)}][${JSON.stringify(method.toLowerCase())}]`;
    const docs = `  /**
   * ${comment(description ?? summary)}
   *
   * @example
   * \`\`\`ts
   * await client.${path}(${exampleOf(operation.request?.schema)});
   * \`\`\`
   *
   * @throws APIError, in the class of the response's status; APIConnectionError if there is no response;
   *   UnexpectedResponseError if a success is not what the contract says${request?.mediaType === "multipart/form-data" ? "; TypeError if a value is not a\n   *   file, UploadError if it can't be read, is empty or too large" : ""}.
   */
`;
    const body = request?.reference === undefined ? undefined : typeOf({ $ref: request.reference });
    const result = typeOf(successSchema(document, operation));
    if (body === undefined || result === undefined || parametersOf(document, operation).length > 0) {
      used.add("paths");
      return `${docs}  readonly ${name}: Method<${key}>;\n`;
    }
    return `${docs}  ${name}(body: ${body}, options?: RequestOptions | null): APIPromise<${result}>;\n`;
  };
  const groups = [...root.groups].map(([group, { methods: own, groups: below }]) => {
    if (below.size > 0)
      throw new SpecError(`x-client-method: the client has groups of methods, and none in \`${group}\`.`);
    const lines = [...own].map(([name, method]) => write(name, method));
    return `/** The methods of \`client.${group}\`. */\nexport interface ${capitalized(group)}Methods {\n${lines.join("\n")}}\n`;
  });
  const client = [
    ...[...root.methods].map(([name, method]) => write(name, method)),
    ...[...root.groups.keys()].map((group) => `  readonly ${group}: ${capitalized(group)}Methods;\n`),
  ];
  const text = `${groups.join("\n")}
/** What the client has by its contract. */
export interface Methods {
${client.join("")}}
`;
  const runtimeTypes = ["Method", "RequestOptions", "APIPromise"].filter((name) =>
    new RegExp(`\\b${name}\\b[<( ]`).test(text),
  );
  const schemaTypes = [...used].toSorted().join(", ");
  return `${banner(specName)}${importsOf(
    runtime,
    runtimeTypes.map((name) => `type ${name}`),
  )}import type { ${schemaTypes} } from "./schema.ts";

${text}`;
}

/** A body with what is required, each as a variable of its name. */
function exampleOf(schema: SchemaObject | undefined): string {
  return schema?.required ? `{ ${schema.required.join(", ")} }` : "";
}
