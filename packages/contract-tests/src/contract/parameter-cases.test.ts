import { describe, expect, test } from "vitest";
import { violationsOfValue } from "image-variations/conformance";
import { operation } from "./operation.ts";
import { parameterCases } from "./parameter-cases.ts";

const properties = Object.entries(operation.request!.schema.properties!);

describe("an independent JSON Schema validator agrees with the verdict on", () => {
  test.for(parameterCases)("$what as $parameter: $value", ({ parameter, value, forbiddenBy }) => {
    const schema = operation.request!.schema.properties![parameter]!;
    expect(violationsOfValue(schema, value).length > 0).toBe(Boolean(forbiddenBy));
  });
});

test("every parameter but the image has a case with an allowed value", () => {
  const tried = parameterCases.filter(({ forbiddenBy }) => !forbiddenBy).map(({ parameter }) => parameter);
  const names = properties.filter(([, { format }]) => format !== "binary").map(([name]) => name);
  expect([...new Set(tried)]).toEqual(names);
});

test.for(properties.flatMap(([name, schema]) => (schema.default === undefined ? [] : [{ name, schema }])))(
  "the default of $name is one of its allowed values",
  ({ schema }) => {
    expect(violationsOfValue(schema, schema.default)).toEqual([]);
  },
);
