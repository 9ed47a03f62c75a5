import type { SchemaObject } from "@image-variations/codegen/document";
import { operation } from "../contract/operation.ts";
import { percentDecode, percentEncode } from "./percent-encoding.ts";
import { canBePart } from "./verdicts.ts";

/** A kind of value that validation or the mock reads differently from the spec's schema, on purpose or because it can't do better. */
export interface Difference {
  readonly verdictOf: "validation" | "mock";
  /** The value, in words. */
  readonly what: string;
  readonly because: string;
  /** Whether the value is of this kind; the schema is undefined for a name that the spec does not know. */
  readonly applies: (value: unknown, schema: SchemaObject | undefined) => boolean;
  /** What it is read as; `rejected` if it is rejected whatever the schema says. */
  readonly readAs: (value: unknown) => unknown;
  /** A value of this kind that shows the difference. */
  readonly example: { readonly name: string; readonly value: unknown };
}

/** Stands for a value that is rejected whatever the schema says. */
export const rejected: unique symbol = Symbol("rejected");

/**
 * Every difference between the verdicts. One that is not listed fails the test. A value may be of several
 * kinds: it is read as one after the other says, in this order.
 */
export const differences: readonly Difference[] = [
  {
    verdictOf: "validation",
    what: "a parameter that the spec does not know",
    because: "a misspelt name would be ignored silently, and the default used instead of the value",
    applies: (value, schema) => schema === undefined && value !== undefined,
    readAs: () => rejected,
    example: { name: "otters", value: "many" },
  },
  {
    verdictOf: "mock",
    what: "null, although the spec does not allow it",
    because: "a form has no null: the part is left out",
    applies: (value) => value === null,
    readAs: () => undefined,
    example: { name: nameOf("string"), value: null },
  },
  {
    verdictOf: "mock",
    what: "an array or an object",
    because: "a form has no such parts: our client throws, and nothing is sent",
    applies: (value) => typeof value === "object" && value !== null,
    readAs: () => undefined,
    example: { name: nameOf("integer"), value: [1] },
  },
  {
    verdictOf: "mock",
    what: "percent-encoded text",
    because: "the mock decodes every text as if it were part of a URL",
    applies: (value) => typeof value === "string" && value !== percentDecode(value),
    readAs: (value) => percentDecode(String(value)),
    example: { name: nameOf("integer"), value: percentEncode(String(schemaOf(nameOf("integer")).minimum ?? 5)) },
  },
  {
    verdictOf: "mock",
    what: "a number or a boolean instead of text",
    because: "a form has only text",
    applies: (value, schema) => canBePart(value) && typeof value !== "string" && !isNumeric(schema),
    readAs: String,
    example: { name: nameOf("string"), value: 5 },
  },
  {
    verdictOf: "mock",
    what: "a number as text",
    because: "a form has only text, and the mock reads a number wherever JavaScript would",
    applies: (value, schema) =>
      typeof value === "string" && value !== "" && isNumeric(schema) && !Number.isNaN(Number(value)),
    readAs: Number,
    example: { name: nameOf("integer"), value: String(schemaOf(nameOf("integer")).minimum ?? 5) },
  },
  {
    verdictOf: "mock",
    what: "an empty text instead of a number",
    because: "the mock reads it as null",
    applies: (value, schema) => value === "" && isNumeric(schema),
    readAs: () => null,
    example: { name: nameOf("integer"), value: "" },
  },
  ...(hasBoolean()
    ? [
        {
          verdictOf: "mock" as const,
          what: "the text true or false instead of a boolean",
          because: "a form has only text",
          applies: (value: unknown, schema: SchemaObject | undefined) =>
            [schema?.type].flat().includes("boolean") && (value === "true" || value === "false"),
          readAs: (value: unknown) => value === "true",
          example: { name: nameOf("boolean"), value: "true" },
        },
      ]
    : []),
];

function hasBoolean(): boolean {
  return Object.values(operation.request!.schema.properties!).some(({ type }) => [type].flat().includes("boolean"));
}

function schemaOf(name: string): SchemaObject {
  return operation.request!.schema.properties![name]!;
}

/** A parameter of this type, null aside, without a list of values. */
function nameOf(type: string): string {
  const { properties = {} } = operation.request!.schema;
  return Object.entries(properties).find(
    ([, schema]) => [schema.type].flat().includes(type) && !schema.enum && schema.format !== "binary",
  )![0];
}

function isNumeric(schema: SchemaObject | undefined): boolean {
  return [schema?.type].flat().some((type) => type === "integer" || type === "number");
}
