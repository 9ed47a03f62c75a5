import { describe, expect, it } from "vitest";
import { applyOverlay } from "./apply-overlay.ts";

const document = {
  info: { title: "Pets", version: "1.0.0" },
  schemas: { Pet: { required: ["name"], properties: { name: { type: "string" }, age: { enum: [1, 2, 3] } } } },
};

function apply(...actions: readonly object[]): ReturnType<typeof applyOverlay> {
  return applyOverlay(document, { overlay: "1.0.0", actions: actions as never }, "pets.overlay.yaml");
}

describe("an overlay", () => {
  it("merges objects, joins lists, replaces the rest", () => {
    expect(
      apply({ target: "$.schemas.Pet", update: { required: ["age"], properties: { name: { type: "null" } } } }),
    ).toEqual({
      ...document,
      schemas: { Pet: { required: ["name", "age"], properties: { name: { type: "null" }, age: { enum: [1, 2, 3] } } } },
    });
  });

  it("adds to a list, and to the document itself", () => {
    expect(apply({ target: "$.schemas.Pet.required", update: "age" }).schemas).toMatchObject({
      Pet: { required: ["name", "age"] },
    });
    expect(apply({ target: "$", update: { info: { title: "Animals" } } }).info).toEqual({
      title: "Animals",
      version: "1.0.0",
    });
  });

  it("removes what it finds, all of it", () => {
    expect(apply({ target: "$.schemas.Pet.properties.age.enum[?@ > 1]", remove: true }).schemas).toMatchObject({
      Pet: { properties: { age: { enum: [1] } } },
    });
  });

  it("acts in order, and leaves the document as it was", () => {
    const before = structuredClone(document);
    expect(
      apply({ target: "$.info.title", remove: true }, { target: "$.info", update: { title: "New" } }).info,
    ).toEqual({
      version: "1.0.0",
      title: "New",
    });
    expect(document).toEqual(before);
  });

  it.each([
    [
      "finds nothing",
      { target: "$.schemas.Dog", remove: true },
      "action 1: the target $.schemas.Dog finds nothing in the spec.",
    ],
    ["has no target", { update: {} }, "action 1 has no target; say with a JSONPath what it acts on."],
    ["has no JSONPath", { target: "$.[", remove: true }, 'action 1: "$.[" is no JSONPath.'],
  ])("is refused where an action %s", (_, action, message) => {
    expect(() => apply(action)).toThrow(`pets.overlay.yaml: ${message}`);
  });

  it("is refused without actions", () => {
    expect(() => apply()).toThrow("pets.overlay.yaml: an overlay has a list of actions, got [].");
  });
});
