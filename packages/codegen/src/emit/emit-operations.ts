import { banner } from "./banner.ts";
import { listOperations, resolve, type Operation } from "../document/list-operations.ts";
import type { OpenAPIDocument, SchemaObject, ServerObject } from "../document/openapi-document.ts";
import { toSource } from "./to-source.ts";

/** What the client knows of an operation: how its body is written, and what it must carry. */
export function factsOf(document: OpenAPIDocument, operation: Operation): Record<string, unknown> {
  return {
    security: operation.security,
    requestMediaType: operation.request?.mediaType,
    uploads: uploadsOf(document, operation),
    maxima: maximaOf(document, operation),
  };
}

/** The facts of each operation, at run time. */
export function emitOperations(document: OpenAPIDocument, specName: string): string {
  const operations = Object.fromEntries(
    listOperations(document).map((operation) => [
      `${operation.method} ${operation.path}`,
      factsOf(document, operation),
    ]),
  );
  return `${banner(specName)}import type { OperationFacts } from "../uploads/operation-facts.ts";

/** Where requests go unless the caller says otherwise: the spec's first server. */
export const defaultBaseURL: string = ${toSource(urlOf(document.servers?.[0]))};

/** Facts of every operation, by method and path. */
export const operations: Readonly<Record<string, OperationFacts>> = ${toSource(operations)};
`;
}

function uploadsOf(document: OpenAPIDocument, { request }: Operation): Record<string, object> {
  const uploads: Record<string, object> = {};
  for (const [name, property] of Object.entries(request?.schema.properties ?? {})) {
    const schema = resolve<SchemaObject>(document, property);
    const file = schema.items ? resolve<SchemaObject>(document, schema.items) : schema;
    if (file.format !== "binary") continue;
    uploads[name] = { exclusiveMaximumBytes: file["x-image-limits"]?.exclusiveMaximumBytes };
  }
  return uploads;
}

function maximaOf(document: OpenAPIDocument, { request }: Operation): Record<string, number> {
  const maxima: Record<string, number> = {};
  for (const [name, property] of Object.entries(request?.schema.properties ?? {})) {
    const { maximum } = resolve<SchemaObject>(document, property);
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
