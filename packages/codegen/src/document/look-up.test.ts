import { expect, it } from "vitest";
import { lookUp, placeOf } from "./look-up.ts";

const document = {
  paths: { "/a~b": { get: { "50%": 1 } } },
  components: { schemas: { "A/B": { $anchor: "both", type: "string" }, C: { $dynamicAnchor: "dynamic" }, D: {} } },
};

it.each([
  ["#", document],
  ["#/components/schemas/A~1B/type", "string"],
  ["#/components/schemas/A%7E1B/type", "string"],
  ["#/paths/~1a~0b/get/50%", 1],
  ["#both", document.components.schemas["A/B"]],
  ["#dynamic", document.components.schemas.C],
  ["#none", undefined],
  ["#/components/none/deeper", undefined],
  ["#/components/schemas/A~1B/type/length", undefined],
  ["#/components/toString", undefined],
])("finds what %s leads to", (reference, value) => {
  expect(lookUp(document, reference)).toBe(value);
});

it("finds no anchor in what is not a schema", () => {
  const example = {
    components: { examples: { E: { value: { $anchor: "data" } } }, responses: { R: { $anchor: "r" } } },
  };
  expect([lookUp(example, "#data"), lookUp(example, "#r")]).toEqual([undefined, undefined]);
});

it("finds the anchors of a file that is nothing but a schema, and none in its data", () => {
  const cat = { $anchor: "cat", type: "string" };
  const schema = { $defs: { Cat: cat }, properties: { $anchor: { type: "string" } }, default: { $anchor: "data" } };
  expect(lookUp(schema, "#cat")).toBe(cat);
  expect(placeOf(schema, "#cat")).toBe("#/$defs/Cat");
  expect(lookUp(schema, "#data")).toBeUndefined();
});

it("finds nothing in what is not a document", () => {
  expect(lookUp(null, "#both")).toBeUndefined();
  expect(lookUp("text", "#both")).toBeUndefined();
  expect(lookUp(null, "#/a")).toBeUndefined();
});

it.each([
  ["#", "#"],
  ["#/components/schemas/C", "#/components/schemas/C"],
  ["#both", "#/components/schemas/A~1B"],
  ["#none", "#none"],
])("says the place of %s as %s", (reference, place) => {
  expect(placeOf(document, reference)).toBe(place);
});
