import { describe, expect, it } from "vitest";
import type { JsonObject } from "../document/openapi-document.ts";
import { applyOverlay } from "./apply-overlay.ts";
import { parseOverlay } from "./parse-overlay.ts";

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

  it.each([null, false, 0, "", ["b"], { a: { b: 1 } }])("puts %j in the place of another kind of value", (update) => {
    expect(apply({ target: "$.info.title", update })).toMatchObject({ info: { title: update, version: "1.0.0" } });
    expect(apply({ target: "$.info", update: { more: update } })).toMatchObject({
      info: { title: "Pets", more: update },
    });
  });

  it("adds an object to a list as an item, and merges what is deep inside", () => {
    expect(apply({ target: "$.schemas.Pet.required", update: { a: 1 } })).toMatchObject({
      schemas: { Pet: { required: ["name", { a: 1 }] } },
    });
    expect(apply({ target: "$.schemas.Pet.properties.age.enum[1]", update: 5 })).toMatchObject({
      schemas: { Pet: { properties: { age: { enum: [1, 5, 3] } } } },
    });
    expect(
      apply({ target: "$", update: { schemas: { Pet: { properties: { age: { enum: [4], type: "integer" } } } } } }),
    ).toEqual({
      ...document,
      schemas: {
        Pet: {
          ...document.schemas.Pet,
          properties: { name: { type: "string" }, age: { enum: [1, 2, 3, 4], type: "integer" } },
        },
      },
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

  it("gives each target a copy of its own, and leaves the overlay as it was", () => {
    const overlay = {
      overlay: "1.1.0",
      actions: [
        { target: "$.schemas.*", update: { example: { tags: [{ name: "a" }] } } },
        { target: "$.schemas.Pet.example.tags[0]", update: { name: "b" } },
        { target: "$.schemas.Pet.example.tags", update: [{ name: "c" }] },
        { target: "$.schemas.Pet.example.tags[0].name", remove: true },
      ],
    };
    const before = structuredClone(overlay);
    const two = { schemas: { Pet: {}, Home: {} } };
    expect(applyOverlay(two, overlay, "o.yaml")).toEqual({
      schemas: { Pet: { example: { tags: [{}, { name: "c" }] } }, Home: { example: { tags: [{ name: "a" }] } } },
    });
    expect(overlay).toEqual(before);
    expect(two).toEqual({ schemas: { Pet: {}, Home: {} } });
  });

  it("copies one value to each target (Overlay 1.1)", () => {
    const overlay = {
      overlay: "1.1.0",
      actions: [
        { target: "$.schemas.Pet", copy: "$.schemas.Home" },
        { target: "$.schemas.Pet.properties.city", update: { maxLength: 5 } },
      ],
    };
    const city = { type: "string" };
    const two = { schemas: { Pet: { type: "object" }, Home: { properties: { city } } } };
    expect(applyOverlay(two, overlay, "o.yaml")).toEqual({
      schemas: {
        Pet: { type: "object", properties: { city: { ...city, maxLength: 5 } } },
        Home: { properties: { city } },
      },
    });
  });
});

/** Actions that the standard lets pass in silence, or that mean nothing: the action's YAML, and what is said of it. */
const rejected: readonly (readonly [what: string, action: string, said: RegExp])[] = [
  [
    "finds nothing",
    "target: $.schemas.Dog\n    remove: true",
    /:6:13: the target \$\.schemas\.Dog finds nothing in the spec\.$/,
  ],
  ["has no target", "update: { a: 1 }", /:6:5: the action has no target; say with a JSONPath what it acts on\.$/],
  [
    "has a target that is not a JSONPath",
    'target: "$.["\n    remove: true',
    /:6:13: "\$\.\[" is not a valid JSONPath\./,
  ],
  ["says remove: yes", "target: $.info\n    remove: yes", /:7:13: remove is true or false, got "yes"\.$/],
  ["says remove: 1", "target: $.info\n    remove: 1", /:7:13: remove is true or false, got 1\.$/],
  [
    "is misspelt",
    "target: $.info\n    updaet: { a: 1 }",
    /:7:13: An action has .*, not "updaet"\. Did you mean update\?$/,
  ],
  ["is misspelt in another case", "target: $.info\n    Remove: true", /not "Remove"\. Did you mean remove\?$/],
  ["has a misspelt target", "traget: $.info\n    remove: true", /not "traget"\. Did you mean target\?$/],
  [
    "has a word of no action",
    "target: $.info\n    otters: 1",
    /An action has target, description, update, copy, remove, not "otters"\.$/,
  ],
  ["has a target alone", "target: $.info", /:6:5: the action does nothing; say what to update, copy or remove\.$/],
  ["says remove: false alone", "target: $.info\n    remove: false", /the action does nothing/],
  ["updates with nothing", "target: $.info\n    update: {}", /the action does nothing/],
  ["updates with an empty list", "target: $.info\n    update: []", /the action does nothing/],
  [
    "copies what is not a valid JSONPath",
    'target: $.info\n    copy: "$.["',
    /:7:11: "\$\.\[" is not a valid JSONPath\./,
  ],
  [
    "removes and updates",
    "target: $.info\n    remove: true\n    update: { a: 1 }",
    /an action does one thing, got remove and update\.$/,
  ],
  [
    "copies nothing that is there",
    "target: $.info\n    copy: $.nowhere",
    /:7:11: copy finds one value, and \$\.nowhere finds 0 in the spec\.$/,
  ],
  [
    "copies several values",
    "target: $.info\n    copy: $.schemas.Pet.properties.*",
    /copy finds one value, and .* finds 2 in the spec\.$/,
  ],
  ["copies what is not a JSONPath", "target: $.info\n    copy: 5", /copy is the JSONPath of what is copied, got 5\.$/],
  ["is a word", "remove", /:6:5: an action is an object, got "remove"\.$/],
];

describe("applyOverlay", () => {
  it.each(rejected)("rejects an overlay, with line and column, if an action %s", (_, action, said) => {
    const text = `overlay: 1.1.0\ninfo:\n  title: Pets\n  version: 1.0.0\nactions:\n  - ${action}\n`;
    const { overlay, locate } = parseOverlay(text, "pets.overlay.yaml")!;
    const before = structuredClone(overlay);
    expect(() => applyOverlay(document, overlay, "pets.overlay.yaml", locate)).toThrow(said);
    expect(() => applyOverlay(document, overlay, "pets.overlay.yaml", locate)).toThrow(
      /^pets\.overlay\.yaml:\d+:\d+: /,
    );
    expect(() => applyOverlay(document, overlay, "pets.overlay.yaml", locate)).toThrowErrorMatchingSnapshot();
    // Without the text, the action is counted.
    expect(() => applyOverlay(document, overlay, "pets.overlay.yaml")).toThrow(/^pets\.overlay\.yaml: action 1: /);
    expect(overlay).toEqual(before);
  });

  it.each(["1.0", "1.0.0", "1.0.5"])("rejects an overlay of version %s if an action copies", (overlay) => {
    const actions = [{ target: "$.info", copy: "$.schemas" }];
    expect(() => applyOverlay(document, { overlay, actions }, "pets.overlay.yaml")).toThrow(
      "pets.overlay.yaml: action 1: copy came with Overlay 1.1; say overlay: 1.1.0 at the top.",
    );
    expect(() => applyOverlay(document, { overlay: overlay.replace("1.0", "1.1"), actions }, "o.yaml")).not.toThrow();
  });

  it("counts actions in its errors without the text", () => {
    expect(() => apply({ target: "$.info", update: { a: 1 } }, { target: "$.lost", remove: true })).toThrow(
      "pets.overlay.yaml: action 2: the target $.lost finds nothing in the spec.",
    );
  });
});

describe("applyOverlay, given a whole overlay,", () => {
  it("rejects one without actions", () => {
    expect(() => apply()).toThrow("pets.overlay.yaml: an overlay has a list of actions, got [].");
    const wholes: [overlay: object, got: string][] = [
      [{ overlay: "1.0.0" }, "none"],
      [{ overlay: "1.0.0", actions: { target: "$" } }, '{"target":"$"}'],
    ];
    for (const [overlay, got] of wholes) {
      expect(() => applyOverlay(document, overlay as JsonObject, "o.yaml")).toThrow(
        `o.yaml: an overlay has a list of actions, got ${got}.`,
      );
    }
  });

  it("accepts extensions of it and of its actions", () => {
    const actions = [{ target: "$.info", "x-why": 1, description: "Why.", update: { title: "New" } }];
    const overlay = { overlay: "1.1", info: {}, extends: "api.yaml", "x-more": 1, actions };
    expect(applyOverlay(document, overlay, "o.yaml").info).toEqual({ title: "New", version: "1.0.0" });
  });

  it.each(["actions-x-", "Xx-"])("rejects one with the key %s, which only looks like an extension", (key) => {
    const overlay = { overlay: "1.0.0", [key]: 1, actions: [{ target: "$.info", remove: true }] };
    expect(() => applyOverlay(document, overlay, "o.yaml")).toThrow(
      `o.yaml: An overlay has overlay, info, extends, actions, not "${key}".`,
    );
  });

  it.each([undefined, "2.0.0", "1", 1.1, "1.2.0", "1.0.0-beta", "11.0", "1.10", "v1.0.0"])(
    "rejects one of version %o",
    (version) => {
      const overlay = {
        ...(version !== undefined && { overlay: version }),
        actions: [{ target: "$.info", remove: true }],
      };
      const act = (): unknown => applyOverlay(document, overlay, "o.yaml");
      if (version === 1.1) expect(act).not.toThrow();
      else expect(act).toThrow(/^o\.yaml: expected an overlay 1\.0 or 1\.1, got overlay: /);
    },
  );

  it("rejects one with a misspelt key, and suggests the right one", () => {
    const overlay = { overlay: "1.0.0", action: [] };
    expect(() => applyOverlay(document, overlay, "o.yaml")).toThrow(/not "action"\. Did you mean actions\?$/);
  });
});
