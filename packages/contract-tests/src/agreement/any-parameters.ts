import { resolve, type SchemaObject } from "@image-variations/codegen/document";
import { document } from "@image-variations/spec";
import fc from "fast-check";
import { operation } from "../contract/operation.ts";
import { percentEncode } from "./percent-encoding.ts";

/** Parameters by name, with any value, with or without the image. */
export interface AnyParameters {
  readonly hasImage: boolean;
  readonly values: Readonly<Record<string, unknown>>;
}

const properties = Object.entries(operation.request!.schema.properties!).filter(
  ([, { format }]) => format !== "binary",
);
const names = new Set(properties.map(([name]) => name));

const anyText = fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constantFrom("", " ", "null", "true", "\r\n"));
const anyNumber = fc.oneof(fc.integer({ min: -20, max: 20 }), fc.integer(), fc.double());
const anyValue = fc.oneof(
  anyText,
  anyNumber,
  anyNumber.map(String),
  fc.boolean(),
  fc.constantFrom(null, undefined),
  fc.array(fc.integer(), { maxLength: 2 }),
  fc.record({ a: fc.integer() }),
);

/**
 * Requests of every kind: with values that the spec allows, values near those, and any values at all, also under names
 * that the spec does not know.
 */
export const anyParameters: fc.Arbitrary<AnyParameters> = fc
  .tuple(
    fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    fc.record(Object.fromEntries(properties.map(([name, schema]) => [name, valueFor(schema)])), { requiredKeys: [] }),
    fc.oneof({ weight: 9, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: unknownParameter() }),
  )
  .map(([hasImage, known, unknown]) => ({ hasImage, values: { ...unknown, ...known } }));

function unknownParameter(): fc.Arbitrary<Record<string, unknown>> {
  const name = fc.stringMatching(/^[a-z_]{1,12}$/).filter((word) => !names.has(word) && word !== "image");
  return fc.dictionary(name, fc.oneof(fc.string(), fc.integer()), { minKeys: 1, maxKeys: 2 });
}

function valueFor(schema: SchemaObject): fc.Arbitrary<unknown> {
  const good = allowedBy(schema);
  return fc.oneof(
    { weight: 4, arbitrary: good },
    { weight: 2, arbitrary: good.chain(nearTo) },
    { weight: 2, arbitrary: anyValue },
  );
}

/** Values that a schema allows. */
function allowedBy(schema: SchemaObject): fc.Arbitrary<unknown> {
  const { anyOf, enum: listed, type = [], minimum, maximum } = resolve<SchemaObject>(document, schema);
  if (anyOf) return fc.oneof(...anyOf.map((branch) => allowedBy(branch)));
  if (listed) return fc.constantFrom(...listed);
  const kinds = [type].flat().map((kind): fc.Arbitrary<unknown> => {
    if (kind === "null") return fc.constant(null);
    if (kind === "string") return anyText;
    if (kind === "boolean") return fc.boolean();
    const range = { ...(minimum !== undefined && { min: minimum }), ...(maximum !== undefined && { max: maximum }) };
    return kind === "integer" ? fc.integer(range) : fc.double({ ...range, noNaN: true, noDefaultInfinity: true });
  });
  return fc.oneof(...kinds);
}

function nearTo(value: unknown): fc.Arbitrary<unknown> {
  if (typeof value === "number") {
    return fc.constantFrom(
      value - 1,
      value + 1,
      value + 0.5,
      -value,
      value * 10,
      String(value),
      ` ${value}`,
      `${value}.0`,
      percentEncode(String(value)),
    );
  }
  if (typeof value === "string") {
    return fc.constantFrom(
      value.toUpperCase(),
      ` ${value}`,
      `${value}\n`,
      value.slice(1),
      `${value}0`,
      percentEncode(value),
      [value],
    );
  }
  return anyValue;
}
