import { resolve } from "@image-variations/scripts/generate/list-operations.ts";
import type { SchemaObject } from "@image-variations/scripts/generate/openapi-document.ts";
import { document } from "@image-variations/spec";
import { operation } from "./operation.ts";

/** One value of one parameter, with the verdict that the spec's schema has for it. */
export interface ParameterCase {
  readonly parameter: string;
  /** The value in words: "the most". */
  readonly what: string;
  readonly value: string | number;
  /** The keyword of the schema that forbids the value; absent where it is allowed. */
  readonly forbiddenBy?: string;
}

type Value = Omit<ParameterCase, "parameter">;

const understood = new Set(["type", "enum", "anyOf", "minimum", "maximum", "default", "description"]);

const anyText: readonly Value[] = [
  { what: "a word", value: "otter" },
  { what: "words of several scripts", value: "Otter, Ōtā, 獭, 🦦" },
  { what: "what means something to a parser of forms", value: 'a;b="c"\r\n--d\r\n\r\ne&f=%22' },
];

/** Values of every parameter but the picture: at, inside and outside of what the spec allows. */
export const parameterCases: readonly ParameterCase[] = Object.entries(operation.request!.schema.properties!).flatMap(
  ([parameter, schema]) => valuesOf(parameter, schema).map((value) => ({ parameter, ...value })),
);

function valuesOf(parameter: string, schema: SchemaObject): Value[] {
  if (schema.format === "binary") return [];
  const branches = [schema, ...(schema.anyOf ?? [])].map((branch) => resolve<SchemaObject>(document, branch));
  for (const keyword of branches.flatMap((branch) => Object.keys(branch))) {
    if (!understood.has(keyword)) throw new Error(`${parameter}: no case tries the keyword "${keyword}"; add one.`);
  }
  const types = branches.flatMap(({ type = [] }) => type);
  if (types.includes("integer")) return integers(schema);
  const names = branches.flatMap((branch) => branch.enum ?? []).filter((name) => typeof name === "string");
  const isOpen = branches.some(({ type, enum: closed }) => type === "string" && !closed);
  if (types.includes("string")) return [...listed(names), ...(isOpen ? anyText : unlisted(names))];
  throw new Error(`${parameter}: no case tries the type ${JSON.stringify(types)}; add one.`);
}

function integers({ minimum, maximum }: SchemaObject): Value[] {
  const values: Value[] = [{ what: "a word", value: "many", forbiddenBy: "type" }];
  if (minimum !== undefined) {
    values.push(
      { what: "one below the least", value: minimum - 1, forbiddenBy: "minimum" },
      { what: "the least", value: minimum },
      { what: "one above the least", value: minimum + 1 },
      { what: "half above the least", value: minimum + 0.5, forbiddenBy: "type" },
    );
  }
  if (maximum !== undefined) {
    values.push(
      { what: "one below the most", value: maximum - 1 },
      { what: "the most", value: maximum },
      { what: "one above the most", value: maximum + 1, forbiddenBy: "maximum" },
    );
  }
  return values;
}

function listed(names: readonly string[]): Value[] {
  return names.map((name) => ({ what: "one of the list", value: name }));
}

function unlisted([name]: readonly string[]): Value[] {
  return [
    { what: "none of the list", value: `${name}-or-so`, forbiddenBy: "enum" },
    { what: "one of the list in other letters", value: swapCase(name!), forbiddenBy: "enum" },
  ];
}

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}
