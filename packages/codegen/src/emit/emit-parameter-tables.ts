import { banner } from "./banner.ts";
import { comment } from "./comment.ts";
import { listOperations, resolve, type Operation } from "../document/list-operations.ts";
import type { OpenAPIDocument, SchemaObject } from "../document/openapi-document.ts";
import { SpecError } from "../document/spec-error.ts";
import { toSource } from "./to-source.ts";

/**
 * What the validator knows of each operation: a table of its parameters, named after the operation.
 *
 * @param typesFrom The module that has the type of a table.
 */
export function emitParameterTables(
  document: OpenAPIDocument,
  specName: string,
  typesFrom = "../parameter-table.ts",
): string {
  const operations = listOperations(document).filter((operation) => operation.request);
  const tables = operations.map(
    (operation) => `
/** The parameters of ${comment(`${operation.method} ${operation.path}`)}. */
export const ${operation.operationId}: ParameterTable = ${toSource(tableOf(document, operation))};
`,
  );
  const lines = (prefix: string, end: string): string =>
    operations.map(({ operationId }) => `  ${prefix}${operationId}${end}\n`).join("");
  return `${banner(specName)}import type { ParameterTable } from ${JSON.stringify(typesFrom)};
${tables.join("")}
/** The tables of all operations, by name. */
export const parameterTables: {
${lines("readonly ", ": ParameterTable;")}} = {
${lines("", ",")}};
`;
}

/** The table of an operation with a body. */
export function tableOf(document: OpenAPIDocument, { request, operationId }: Operation): object[] {
  const { properties = {}, required = [] } = request!.schema;
  return Object.entries(properties).map(([name, property]) =>
    rowOf(document, property, { name, required: required.includes(name), place: `${operationId}.${name}` }),
  );
}

/** What a row says beside the rules of its value. */
export interface RowNames {
  readonly name: string;
  readonly required: boolean;
  /** What errors call it. */
  readonly place: string;
}

/**
 * The row of a parameter.
 *
 * @throws SpecError if its schema states a rule that the tables don't know.
 */
export function rowOf(document: OpenAPIDocument, property: SchemaObject, { name, required, place }: RowNames): object {
  const { kind, nullable, ...rules } = rulesOf(document, property, place);
  const isTrue = (value: unknown): true | undefined => (value ? true : undefined);
  return { name, kind, ...defined({ required: isTrue(required), nullable: isTrue(nullable) }), ...rules };
}

/** Keywords that state a rule the tables carry. One that is not here, and not an annotation, must not be lost in silence. */
const understood = new Set(
  (
    "$ref type format enum anyOf oneOf items default x-image-limits " +
    "minimum maximum minLength maxLength pattern minItems maxItems"
  ).split(" "),
);
const annotations = new Set("title description deprecated example examples contentMediaType $comment".split(" "));

function rulesOf(document: OpenAPIDocument, property: SchemaObject, place: string): Record<string, unknown> {
  const schema = resolve<SchemaObject>(document, property);
  for (const keyword of Object.keys(schema)) {
    if (understood.has(keyword) || annotations.has(keyword) || /^x-(?!image-limits)/.test(keyword)) continue;
    throw new SpecError(
      `${place}: the keyword "${keyword}" is not understood by the validator's tables; ` +
        `teach it to packages/codegen/src/emit/emit-parameter-tables.ts, or say it with ${[...understood].join(", ")}.`,
    );
  }
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches) return { ...defined({ default: schema.default }), ...rulesOfUnion(document, branches, place) };

  const types = [schema.type ?? []].flat();
  const [kind, ...others] = types.filter((type) => type !== "null");
  if (!kind || others.length > 0) {
    throw new SpecError(
      `${place}: the validator's tables need one type beside null, got ${JSON.stringify(schema.type)}.`,
    );
  }
  const common = { nullable: types.includes("null"), ...defined({ default: schema.default }) };
  if (schema.format === "binary") return { kind: "image", ...common, ...schema["x-image-limits"] };
  if (kind === "array") {
    const { kind: itemKind, ...item } = rulesOf(document, schema.items ?? {}, `${place}[]`);
    if (itemKind !== "image")
      throw new SpecError(`${place}: of arrays, the validator's tables know only those of images.`);
    return { ...item, kind: "images", ...common, ...defined({ minimum: schema.minItems, maximum: schema.maxItems }) };
  }
  if (!["string", "integer", "number", "boolean"].includes(kind)) {
    throw new SpecError(`${place}: the validator's tables don't know the type ${JSON.stringify(kind)}.`);
  }
  const { minLength, maxLength, minimum = minLength, maximum = maxLength, pattern } = schema;
  const allowed = schema.enum?.filter((value) => value !== null);
  return { kind, ...common, ...defined({ allowed, minimum, maximum, pattern }) };
}

/** A union is read as one kind: null makes it nullable, and a bare string beside an enum makes the enum an open set. */
function rulesOfUnion(
  document: OpenAPIDocument,
  branches: readonly SchemaObject[],
  place: string,
): Record<string, unknown> {
  const isNull = (branch: SchemaObject): boolean => resolve<SchemaObject>(document, branch).type === "null";
  const rules = branches.filter((branch) => !isNull(branch)).map((branch) => rulesOf(document, branch, place));
  const nullable = branches.some(isNull) || rules.some((rule) => rule.nullable);
  const [first, ...others] = rules;
  if (first && others.length === 0) return { ...first, nullable };
  const open = rules.some(
    (rule) => rule.kind === "string" && Object.keys(rule).every((key) => key === "kind" || key === "nullable"),
  );
  const strings = rules.every(({ kind }) => kind === "string");
  if (!open || !strings) {
    throw new SpecError(
      `${place}: of unions, the validator's tables know "or null" and "one of these names or any string".`,
    );
  }
  return { kind: "string", nullable, known: rules.flatMap(({ allowed = [] }) => allowed as string[]) };
}

function defined<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
}
