import type { SchemaObject } from "@image-variations/codegen/document";
import { operation } from "../contract/operation.ts";
import { canBePart } from "./verdicts.ts";

/** A kind of value that validation or the mock reads otherwise than the spec's schema, on purpose or because it can't do better. */
export interface Difference {
  readonly verdictOf: "validation" | "mock";
  /** The value, in words. */
  readonly what: string;
  readonly because: string;
  /** Whether the value is of this kind; the schema is undefined for a name that the spec does not know. */
  readonly applies: (value: unknown, schema: SchemaObject | undefined) => boolean;
  /** What it is read as; `rejected` if it is rejected whatever the schema says. */
  readonly readAs: (value: unknown) => unknown;
  /** One that shows it. */
  readonly example: { readonly name: string; readonly value: unknown };
}

/** Stands for a value that is rejected whatever the schema says. */
export const rejected: unique symbol = Symbol("rejected");

/**
 * Every difference between the verdicts. One that is not here fails the agreement. A value may be of several
 * kinds: it is read as one after the other says, in this order.
 */
export const differences: readonly Difference[] = [
  {
    verdictOf: "validation",
    what: "a parameter that the spec does not know",
    because: "a misspelt name would be ignored in silence, and its default used in place of what was asked",
    applies: (value, schema) => schema === undefined && value !== undefined,
    readAs: () => rejected,
    example: { name: "otters", value: "many" },
  },
  {
    verdictOf: "mock",
    what: "null, where the spec does not allow it",
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
    what: "text in the encoding of URLs",
    because: "the mock decodes every text, also one that is not a URL",
    applies: (value) => typeof value === "string" && value !== decoded(value),
    readAs: (value) => decoded(String(value)),
    example: { name: nameOf("integer"), value: inUrl(String(schemaOf(nameOf("integer")).minimum ?? 5)) },
  },
  {
    verdictOf: "mock",
    what: "a number or a truth value in place of text",
    because: "in a form all is text",
    applies: (value, schema) => canBePart(value) && typeof value !== "string" && !isNumeric(schema),
    readAs: String,
    example: { name: nameOf("string"), value: 5 },
  },
  {
    verdictOf: "mock",
    what: "the text of a number in place of the number",
    because: "in a form all is text, and the mock reads a number wherever JavaScript would",
    applies: (value, schema) =>
      typeof value === "string" && value !== "" && isNumeric(schema) && !Number.isNaN(Number(value)),
    readAs: Number,
    example: { name: nameOf("integer"), value: String(schemaOf(nameOf("integer")).minimum ?? 5) },
  },
  {
    verdictOf: "mock",
    what: "an empty text in place of a number",
    because: "the mock reads it as null",
    applies: (value, schema) => value === "" && isNumeric(schema),
    readAs: () => null,
    example: { name: nameOf("integer"), value: "" },
  },
  ...(hasTruth()
    ? [
        {
          verdictOf: "mock" as const,
          what: "the word true or false in place of a truth value",
          because: "in a form all is text",
          applies: (value: unknown, schema: SchemaObject | undefined) =>
            [schema?.type].flat().includes("boolean") && (value === "true" || value === "false"),
          readAs: (value: unknown) => value === "true",
          example: { name: nameOf("boolean"), value: "true" },
        },
      ]
    : []),
];

function hasTruth(): boolean {
  return Object.values(operation.request!.schema.properties!).some(({ type }) => [type].flat().includes("boolean"));
}

function schemaOf(name: string): SchemaObject {
  return operation.request!.schema.properties![name]!;
}

function inUrl(text: string): string {
  return [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A parameter that has only this type beside null, and no list of values. */
function nameOf(type: string): string {
  const { properties = {} } = operation.request!.schema;
  return Object.entries(properties).find(
    ([, schema]) => [schema.type].flat().includes(type) && !schema.enum && schema.format !== "binary",
  )![0];
}

function isNumeric(schema: SchemaObject | undefined): boolean {
  return [schema?.type].flat().some((type) => type === "integer" || type === "number");
}
