import { expect, it } from "vitest";
import { createValidator, suggestValue } from "../index.ts";
import { warnIfMisspelt } from "../json.ts";

const validate = createValidator(
  [
    { name: "model", kind: "string", required: true },
    { name: "size", kind: "string", required: false },
    { name: "side", kind: "string", required: false },
  ],
  { suggest: suggestValue, unknown: warnIfMisspelt },
);

it.each<[what: string, parameters: object, said: string[]]>([
  [
    "a name that looks like one that is missing",
    { model: "m", siez: "1" },
    ["siez is not a documented parameter. Did you mean size?"],
  ],
  ["a name that looks like one that is there", { model: "m", size: "1", side: "1", sise: "1" }, []],
  ["a name that looks like none", { model: "m", otter: "1" }, []],
  ["a name without a value", { model: "m", sise: undefined }, []],
  ["the names of the table", { model: "m", size: "1" }, []],
])("of parameters that may be there, %s is told in this way", async (_, parameters, said) => {
  const { valid, warnings } = await validate(parameters);
  expect({ valid, said: warnings.map(({ message, fix }) => `${message} ${fix}`) }).toEqual({ valid: true, said });
});
