import type { Operation } from "../document/list-operations.ts";
import type { OpenAPIDocument } from "../document/openapi-document.ts";
import { banner } from "./banner.ts";
import { comment } from "./comment.ts";
import type { EmitOptions } from "./emit-contract.ts";
import { type ClientMethod, groupMethods, type MethodGroup } from "./group-methods.ts";
import { hasEvents, responseFactsOf } from "./response-facts.ts";
import { importsOf } from "./runtime-imports.ts";

/** The client: an interface with a method for each operation, and the functions that make clients. */
export function emitClient(
  document: OpenAPIDocument,
  methods: ReadonlyMap<string, string>,
  { name, command, extension, runtime }: EmitOptions,
): string {
  const root = groupMethods(document, methods);
  const [first = ""] = methods.values();
  const streamed = [emitStreams(document, root), emitEvents(document, root)].filter((one) => one !== undefined);
  const imported = [
    "type ContractClient",
    "createClient as createContractClient",
    "createMethods",
    "type Method",
    "type RuntimeOptions",
    ...streamed.flatMap((one) => one.imported),
  ];
  return `${banner(name, command)}${importsOf(runtime, imported)}import { contract } from "./contract${extension}";
import type { paths } from "./schema${extension}";

/** A method for each operation of the document. */
export interface Api {
${writeGroup(root, (operation) => `Method<${operationType(operation)}>`)}}

/** A client with methods: \`createApi({ apiKey }).${first}(…)\`. Errors are thrown, each a class by its status. */
export function createApi(options: RuntimeOptions = {}): Api {
  return createMethods<Api>(contract, options);
}
${streamed.map(({ text }) => text).join("")}
/** An openapi-fetch client of the same paths, whose calls resolve with \`{ data, error, response }\`. */
export function createClient(options: RuntimeOptions = {}): ContractClient<paths> {
  return createContractClient<paths>(contract, options);
}
`;
}

interface StreamedMethods {
  readonly imported: readonly string[];
  readonly text: string;
}

/** The methods whose responses hold files in base64; undefined if there are none. */
function emitStreams(document: OpenAPIDocument, root: MethodGroup): StreamedMethods | undefined {
  const group = pick(root, ({ operation }) => responseFactsOf(document, operation)?.files !== undefined);
  if (!group) return undefined;
  const typeOf = (operation: Operation): string => {
    const { list, base64 } = responseFactsOf(document, operation)!.files!;
    return `StreamMethod<${operationType(operation)}, ${JSON.stringify(list)}, ${JSON.stringify(base64)}>`;
  };
  return {
    imported: ["createStreams as createContractStreams", "type StreamMethod"],
    text: `
/** The methods whose responses hold files in base64, for those files as they arrive. */
export interface Streams {
${writeGroup(group, typeOf)}}

/** A client whose methods hand on each file of a response as soon as it begins, decoded while it comes. */
export function createStreams(options: RuntimeOptions = {}): Streams {
  return createContractStreams<Streams>(contract, options);
}
`,
  };
}

/** The methods that may respond with events; undefined if there are none. */
function emitEvents(document: OpenAPIDocument, root: MethodGroup): StreamedMethods | undefined {
  const group = pick(root, ({ operation }) => hasEvents(document, operation));
  if (!group) return undefined;
  return {
    imported: ["createEvents as createContractEvents", "type EventMethod"],
    text: `
/** The methods that may respond with events (\`text/event-stream\`), for those events as they arrive. */
export interface Events {
${writeGroup(group, (operation) => `EventMethod<${operationType(operation)}>`)}}

/** A client whose methods hand on the events of a response, each as soon as it has arrived. */
export function createEvents(options: RuntimeOptions = {}): Events {
  return createContractEvents<Events>(contract, options);
}
`,
  };
}

/** The group with some of its methods; undefined if there are none. */
function pick({ methods, groups }: MethodGroup, isWanted: (method: ClientMethod) => boolean): MethodGroup | undefined {
  const own = new Map([...methods].filter(([, method]) => isWanted(method)));
  const below = new Map(
    [...groups].flatMap(([name, group]) => {
      const picked = pick(group, isWanted);
      return picked ? [[name, picked] as const] : [];
    }),
  );
  return own.size + below.size > 0 ? { methods: own, groups: below } : undefined;
}

function writeGroup({ methods, groups }: MethodGroup, typeOf: (operation: Operation) => string, indent = "  "): string {
  const own = [...methods].map(([method, { name, operation }]) => {
    const told = operation.summary === name ? name : `${operation.summary} (${name})`;
    return `${indent}/** ${comment(told)} */\n${indent}readonly ${method}: ${typeOf(operation)};\n`;
  });
  const below = [...groups].map(
    ([group, content]) => `${indent}readonly ${group}: {\n${writeGroup(content, typeOf, `${indent}  `)}${indent}};\n`,
  );
  return [...own, ...below].join("");
}

/** The type of an operation, as a place in the document's types. */
export function operationType({ path, method }: Operation): string {
  return `paths[${JSON.stringify(path)}][${JSON.stringify(method.toLowerCase())}]`;
}
