import { parametersOf } from "../document/list-operations.ts";
import type { OpenAPIDocument, SchemaObject } from "../document/openapi-document.ts";
import { SpecError } from "../document/spec-error.ts";
import { capitalized } from "../prepare/operation-names.ts";
import { banner } from "./banner.ts";
import { comment } from "./comment.ts";
import { operationType } from "./emit-client.ts";
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
 * @throws SpecError if a method is not in a group of the client.
 */
export function emitMethods(
  document: OpenAPIDocument,
  methods: ReadonlyMap<string, string>,
  specName: string,
  { aliases, runtime }: EmitMethodsOptions,
): string {
  for (const [operation, path] of methods) {
    if (path.split(".").length === 2) continue;
    throw new SpecError(
      `${operation}: x-client-method must be a group and a method, such as images.edit, because the client has its methods in groups; got ${path}.`,
    );
  }
  const types = schemaTypeNames(document, aliases);
  const groups = [...groupMethods(document, methods).groups];
  const interfaces = groups.map(([group, own]) => {
    const lines = [...own.methods].map(
      ([name, method]) => docsOf(method) + declarationOf(document, types, name, method),
    );
    return `/** The methods of \`client.${group}\`. */\nexport interface ${capitalized(group)}Methods {\n${lines.join("\n")}}\n`;
  });
  const text = `${interfaces.join("\n")}
/** What the client has by its contract. */
export interface Methods {
${groups.map(([group]) => `  readonly ${group}: ${capitalized(group)}Methods;\n`).join("")}}
`;
  const code = text.replaceAll(/^ *\/\*\*[^]*?\*\//gm, "");
  const isUsed = (name: string): boolean =>
    new RegExp(`(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`).test(code);
  const runtimeTypes = ["Method", "RequestOptions", "APIPromise"].filter((name) => isUsed(name));
  const schemaTypes = [...new Set(types.values()), "paths"].filter((name) => isUsed(name)).toSorted();
  return `${banner(specName)}${importsOf(
    runtime,
    runtimeTypes.map((name) => `type ${name}`),
  )}import type { ${schemaTypes.join(", ")} } from "./schema.ts";

${text}`;
}

/** A method with its types by their names, if it has some; else by the operation's place in the document. */
function declarationOf(
  document: OpenAPIDocument,
  types: ReadonlyMap<string, string>,
  name: string,
  { operation }: ClientMethod,
): string {
  const nameOf = (reference: string | undefined): string | undefined =>
    types.get(/^#\/components\/schemas\/([^/]+)$/.exec(reference ?? "")?.[1] ?? "");
  const body = nameOf(operation.request?.reference);
  const result = nameOf(successSchema(document, operation)?.$ref);
  return body === undefined || result === undefined || parametersOf(document, operation).length > 0
    ? `  readonly ${name}: Method<${operationType(operation)}>;\n`
    : `  ${name}(body: ${body}, options?: RequestOptions | null): APIPromise<${result}>;\n`;
}

function docsOf({ path, operation: { description, summary, request } }: ClientMethod): string {
  const uploads =
    request?.mediaType === "multipart/form-data"
      ? "; TypeError if a value is not a file,\n   *   UploadError if it can't be read, is empty or too large"
      : "";
  return `  /**
   * ${comment(description ?? summary)}
   *
   * @example
   * \`\`\`ts
   * await client.${path}(${exampleOf(request?.schema)});
   * \`\`\`
   *
   * @throws APIError, in the class of the response's status; APIConnectionError if there is no response;
   *   UnexpectedResponseError if a success is not what the contract says${uploads}.
   */
`;
}

/** A body with what is required, each as a variable of its name. */
function exampleOf(schema: SchemaObject | undefined): string {
  return schema?.required ? `{ ${schema.required.join(", ")} }` : "";
}
