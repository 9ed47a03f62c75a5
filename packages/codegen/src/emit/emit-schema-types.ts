// The one file that knows openapi-typescript, which is no longer maintained, and the TypeScript JS API that it needs:
// docs/decisions/002-openapi-typescript-behind-one-file.md.
import {
  astToString,
  type GlobalContext,
  type OpenAPI3,
  resolveRef,
  scanDiscriminators,
  transformSchema,
} from "openapi-typescript";
import ts from "typescript";
import { banner } from "./banner.ts";
import type { ImageLimits, JsonValue, OpenAPIDocument, SchemaObject } from "../document/openapi-document.ts";
import { knownKeys } from "../document/document-grammar.ts";
import { isIdentifier, toIdentifier } from "../document/identifier.ts";
import { mapDocument } from "../document/walk-document.ts";

/** The type that stands for a file to upload, and the module that exports it. */
export interface UploadType {
  readonly name: string;
  readonly from: string;
}

/** How the types are written where they are compared and not published. */
export interface SchemaTypesOptions {
  /** Whether each schema gets a type of its own name, which has to be one that TypeScript allows. Default true. */
  readonly named?: boolean;
  /** Further names for schemas: name → schema. Default none. */
  readonly aliases?: ReadonlyMap<string, string>;
  /** Whether an object of which nothing is said may hold anything, and not nothing. Default false. */
  readonly openObjects?: boolean;
  /** Whether descriptions become comments. Default true. */
  readonly described?: boolean;
  /** The command that the first line names. Default `pnpm generate`. */
  readonly command?: string;
}

/** What stands above the types that openapi-fetch is made with; openapi-typescript writes nothing there. */
const introductions: Readonly<Record<string, string>> = {
  paths: "Every path of the contract, with what each of its methods accepts and returns.",
  components: "What the contract's paths are made of: schemas, responses and headers, by name.",
  operations: "Every operation of the contract, by its `operationId`.",
};

/** The document's types: `paths`, `operations` and `components`, and a named type for each schema. */
export function emitSchemaTypes(
  document: OpenAPIDocument,
  specName: string,
  uploadType: UploadType,
  { named = true, aliases = new Map(), openObjects = false, described = true, command }: SchemaTypesOptions = {},
): string {
  const nodes = transform(described ? documented(document) : undescribed(document), {
    emptyObjectsUnknown: openObjects,
    transform: (schema) => ("x-upload" in schema ? ts.factory.createTypeReferenceNode(uploadType.name) : undefined),
    postTransform: (type) => keepOpen(type),
  });
  const importLine = `import type { ${uploadType.name} } from ${JSON.stringify(uploadType.from)};\n\n`;
  // openapi-typescript indents every line of a comment but the first.
  const types = astToString(nodes)
    .replaceAll(/^( *\*) {5}/gm, "$1 ")
    // The type says it, and editors show the tag without its text.
    .replaceAll(/^ *\/\*\* @enum \{[^}\n]*\} \*\/\n|^ *\* @enum \{[^}\n]*\}\n/gm, "")
    .replaceAll(/^export (?:interface|type) ([\p{ID_Continue}$]+)/gmu, (line, name: string) => {
      return Object.hasOwn(introductions, name) ? `/** ${introductions[name]} */\n${line}` : line;
    });
  // As a type, and not as a word in a comment.
  const isUsed = nodes.some((node) => mentions(node, uploadType.name));
  return `${banner(specName, command)}${isUsed ? importLine : ""}${types}\n${named ? namedSchemas(document, aliases) : ""}`;
}

/**
 * What openapi-typescript's main function does after it has bundled and validated the document, which takes most of its
 * time: ours is one file, and checked where it is read.
 */
function transform(
  document: JsonValue,
  options: Pick<GlobalContext, "emptyObjectsUnknown" | "transform" | "postTransform">,
): ts.Node[] {
  // scanDiscriminators adds to the schemas that it finds.
  const schema = structuredClone(document) as unknown as OpenAPI3;
  const context = {
    ...options,
    // A parameter with a default can be left out of a request.
    defaultNonNullable: false,
    silent: true,
    injectFooter: [],
    discriminators: scanDiscriminators(schema, { silent: true }),
    resolve: (reference: string) => resolveRef(schema, reference, { silent: true }),
  };
  // Every other setting of the context may be missing; its type says that it is there.
  return transformSchema(schema, context as unknown as GlobalContext);
}

function mentions(node: ts.Node, name: string): boolean {
  if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName) && node.typeName.text === name) return true;
  return ts.forEachChild(node, (child) => mentions(child, name) || undefined) ?? false;
}

/** A copy of the document without what would only become comments. */
function undescribed(document: OpenAPIDocument): JsonValue {
  return mapDocument(document as unknown as JsonValue, (kind, copy) => {
    // Without known keys, an object's keys are names.
    if (!knownKeys(kind)) return copy;
    const { title: _, summary: __, description: ___, example: ____, examples: _____, ...rest } = copy;
    if (kind !== "schema") return rest;
    const { format, ...schema } = rest;
    return { ...schema, ...(format === "binary" && { "x-upload": true }) };
  });
}

/**
 * A copy of the document whose schemas say everything in prose that their TypeScript types can't.
 * As `title`, because openapi-typescript writes that one plainly, and a description as a tag of its own.
 */
function documented(document: OpenAPIDocument): JsonValue {
  return mapDocument(document as unknown as JsonValue, (kind, copy) => {
    if (kind !== "schema") return copy;
    const { description, format, ...rest } = copy;
    const prose = [description, ...limitsOf(copy as SchemaObject)].filter((text) => typeof text === "string");
    return {
      ...rest,
      ...(prose.length > 0 ? { title: prose.join("\n\n") } : description !== undefined && { description }),
      ...(format === "binary" ? { "x-upload": true } : format !== undefined && { format }),
    };
  });
}

function limitsOf(schema: SchemaObject): string[] {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern } = schema;
  const tags = { minimum, maximum, minLength, maxLength, minItems, maxItems, pattern };
  const lines = Object.entries(tags).flatMap(([name, value]) =>
    typeof value === "number" || typeof value === "string" ? [`@${name} ${value}`] : [],
  );
  const limits = schema["x-image-limits"];
  return [...(limits ? [imageLimits(limits)] : []), ...(lines.length > 0 ? [lines.join("\n")] : [])];
}

function imageLimits({ mediaTypes, square, exclusiveMaximumBytes }: ImageLimits): string {
  const shape = square ? "equal width and height, " : "";
  return `Limits: ${mediaTypes.join(" or ")}, ${shape}fewer than ${exclusiveMaximumBytes.toLocaleString("en")} bytes.`;
}

/**
 * Any string, with some names suggested. `string` in a union would swallow the names beside it, and editors would
 * suggest nothing; `string & {}` leaves them there.
 */
function keepOpen(type: ts.TypeNode): ts.TypeNode | undefined {
  if (!ts.isUnionTypeNode(type)) return undefined;
  const isString = (member: ts.TypeNode): boolean => member.kind === ts.SyntaxKind.StringKeyword;
  const isNull = (member: ts.TypeNode): boolean =>
    ts.isLiteralTypeNode(member) && member.literal.kind === ts.SyntaxKind.NullKeyword;
  if (type.types.every((member) => isString(member) || isNull(member))) return undefined;
  const anyString = ts.factory.createParenthesizedType(
    ts.factory.createIntersectionTypeNode([
      ts.factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
      ts.factory.createTypeLiteralNode([]),
    ]),
  );
  return ts.factory.createUnionTypeNode(type.types.map((member) => (isString(member) ? anyString : member)));
}

/** The name of the type that each schema has, by the schema's name: that of an alias if there is one. */
export function schemaTypeNames(
  document: OpenAPIDocument,
  aliases: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const names = [...typeNames(Object.keys(document.components?.schemas ?? {})), ...aliases];
  return new Map(names.map(([name, schema]) => [schema, name]));
}

/** Objects become interfaces, so that editors and compiler errors call them by name. */
function namedSchemas(document: OpenAPIDocument, aliases: ReadonlyMap<string, string>): string {
  const schemas = document.components?.schemas ?? {};
  const names = [...typeNames(Object.keys(schemas)), ...aliases];
  const named = names.map(([name, key]) => {
    const schema = schemas[key] ?? {};
    const told = `/** ${String(schema.description ?? name).replaceAll("*/", "*\\/")} */`;
    // An object with alternatives is a union, which no interface can extend.
    const isPlain = schema.type === "object" && !schema.oneOf && !schema.anyOf && !("allOf" in schema);
    return isPlain
      ? `${told}\nexport interface ${name} extends Schema<${JSON.stringify(key)}> {}\n`
      : `${told}\nexport type ${name} = Schema<${JSON.stringify(key)}>;\n`;
  });
  if (named.length === 0) return "";
  return `type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];\n\n${named.join("\n")}`;
}

/** Names that the generated module has already, or that TypeScript keeps for itself. */
const takenNames: ReadonlySet<string> = new Set(
  (
    "paths webhooks components operations external $defs Schema Uploadable ImageSource any unknown never void null undefined string " +
    "number boolean bigint symbol object break case catch class const continue debugger default delete do else enum export " +
    "extends false finally for function if import in instanceof new return super switch this throw true try typeof var while with " +
    "as async await implements interface let package private protected public static yield type Record Pick Omit Partial"
  ).split(" "),
);

/** A name that TypeScript allows for each schema: the schema's own if that is one, else with `_` for what is not allowed. */
function typeNames(keys: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  // Names that are right as they are come first, so that no other one takes them.
  const isRight = (key: string): boolean => isIdentifier(key) && !takenNames.has(key);
  for (const key of keys.filter((one) => isRight(one))) names.set(key, key);
  for (const key of keys.filter((one) => !isRight(one))) {
    let name = toIdentifier(key);
    while (names.has(name) || takenNames.has(name)) name += "_";
    names.set(name, key);
  }
  return new Map([...names].toSorted(([, a], [, b]) => keys.indexOf(a) - keys.indexOf(b)));
}
