import type { OpenAPIDocument } from "../document/openapi-document.ts";
import { banner } from "./banner.ts";
import { comment } from "./comment.ts";
import type { EmitOptions } from "./emit-contract.ts";
import { type ClientMethod, groupMethods, type MethodGroup } from "./group-methods.ts";
import { importsOf } from "./runtime-imports.ts";

/** The client: an interface with a method for each operation, and the functions that make clients. */
export function emitClient(
  document: OpenAPIDocument,
  methods: ReadonlyMap<string, string>,
  { name, command, extension, runtime }: EmitOptions,
): string {
  const root = groupMethods(document, methods);
  const [first = ""] = methods.values();
  const imported = [
    "type ContractClient",
    "createClient as createContractClient",
    "createMethods",
    "type Method",
    "type RuntimeOptions",
  ];
  return `${banner(name, command)}${importsOf(runtime, imported)}import { contract } from "./contract${extension}";
import type { paths } from "./schema${extension}";

/** A method for each operation of the document. */
export interface Api {
${writeGroup(root, "  ")}}

/** A client with methods: \`createApi({ apiKey }).${first}(…)\`. Errors are thrown, each a class by its status. */
export function createApi(options: RuntimeOptions = {}): Api {
  return createMethods<Api>(contract, options);
}

/** An openapi-fetch client of the same paths, whose calls resolve with \`{ data, error, response }\`. */
export function createClient(options: RuntimeOptions = {}): ContractClient<paths> {
  return createContractClient<paths>(contract, options);
}
`;
}

function writeGroup({ methods, groups }: MethodGroup, indent: string): string {
  const own = [...methods].map(([method, { name, operation }]) => {
    const told = operation.summary === name ? name : `${operation.summary} (${name})`;
    return `${indent}/** ${comment(told)} */\n${indent}readonly ${method}: Method<${operationType(operation)}>;\n`;
  });
  const below = [...groups].map(
    ([group, content]) => `${indent}readonly ${group}: {\n${writeGroup(content, `${indent}  `)}${indent}};\n`,
  );
  return [...own, ...below].join("");
}

/** The type of an operation, as a place in the document's types. */
export function operationType({ path, method }: ClientMethod["operation"]): string {
  return `paths[${JSON.stringify(path)}][${JSON.stringify(method.toLowerCase())}]`;
}
