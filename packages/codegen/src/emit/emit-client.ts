import { listOperations } from "../document/list-operations.ts";
import type { OpenAPIDocument } from "../document/openapi-document.ts";
import { banner } from "./banner.ts";
import { comment } from "./comment.ts";
import type { EmitOptions } from "./emit-contract.ts";

interface Group {
  readonly methods: Map<string, { readonly operation: string; readonly summary: string; readonly type: string }>;
  readonly groups: Map<string, Group>;
}

/** The client: an interface with a method for each operation, and the two functions that make clients. */
export function emitClient(
  document: OpenAPIDocument,
  methods: ReadonlyMap<string, string>,
  { name, command, extension }: EmitOptions,
): string {
  const root: Group = { methods: new Map(), groups: new Map() };
  for (const { method, path, summary } of listOperations(document)) {
    const operation = `${method} ${path}`;
    const steps = methods.get(operation)!.split(".");
    const group = steps.slice(0, -1).reduce((above, step) => groupIn(above, step), root);
    const type = `Method<paths[${JSON.stringify(path)}][${JSON.stringify(method.toLowerCase())}]>`;
    group.methods.set(steps.at(-1)!, { operation, summary, type });
  }
  const [first = ""] = methods.values();
  return `${banner(name, command)}import {
  type ContractClient,
  createClient as createContractClient,
  createMethods,
  type Method,
  type RuntimeOptions,
} from "@image-variations/client/runtime";
import { contract } from "./contract${extension}";
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

function groupIn({ groups }: Group, step: string): Group {
  const group = groups.get(step) ?? { methods: new Map(), groups: new Map() };
  groups.set(step, group);
  return group;
}

function writeGroup({ methods, groups }: Group, indent: string): string {
  const own = [...methods].map(([method, { operation, summary, type }]) => {
    const told = summary === operation ? operation : `${summary} (${operation})`;
    return `${indent}/** ${comment(told)} */\n${indent}readonly ${method}: ${type};\n`;
  });
  const below = [...groups].map(
    ([group, content]) => `${indent}readonly ${group}: {\n${writeGroup(content, `${indent}  `)}${indent}};\n`,
  );
  return [...own, ...below].join("");
}
