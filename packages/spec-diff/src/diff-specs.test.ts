import type { JsonValue } from "@image-variations/codegen/document";
import { describe, expect, it } from "vitest";
import type { Edit } from "./accuracy/change-case.ts";
import { editDocument } from "./accuracy/edit-document.ts";
import { diffSpecs, type SpecDiff } from "./diff-specs.ts";
import { parseSource } from "./sources/parse-source.ts";

const limits = { mediaTypes: ["image/png"], square: true, exclusiveMaximumBytes: 100, warningFromBytes: 50 };

const document = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1.0.0" },
  servers: [{ url: "https://{region}.example.com", variables: { region: { default: "eu", enum: ["eu", "us"] } } }],
  paths: {
    "/pets/{id}": {
      get: {
        operationId: "getPet",
        parameters: [
          { name: "id", in: "path", required: true, schema: { type: "string" } },
          { name: "q", in: "query", schema: { type: "integer" } },
        ],
        responses: {
          "200": {
            description: "Fine.",
            headers: { Total: { schema: { type: "integer" } } },
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
        },
      },
      put: {
        requestBody: {
          content: {
            "multipart/form-data": {
              schema: {
                type: "object",
                properties: {
                  tags: { type: "array", items: { type: "string" } },
                  image: { type: "string", format: "binary", "x-image-limits": limits },
                  n: { type: "integer", multipleOf: 4, format: "int32" },
                  data: { type: "string", contentEncoding: "base64" },
                  open: { type: "object", properties: { a: { type: "string" } } },
                },
              },
              encoding: { tags: { style: "form", explode: true } },
            },
          },
        },
        responses: { "204": { description: "Fine." } },
      },
    },
  },
  components: {
    schemas: {
      Pet: {
        type: "object",
        additionalProperties: false,
        properties: {
          name: { type: "string" },
          kind: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
        },
      },
      Cat: { type: "object", required: ["kind"], properties: { kind: { type: "string" }, lives: { type: "integer" } } },
      Dog: { type: "object", required: ["kind"], properties: { kind: { type: "string" }, barks: { type: "boolean" } } },
    },
  },
};

const get = "/paths/~1pets~1{id}/get";
const body = "/paths/~1pets~1{id}/put/requestBody/content/multipart~1form-data";
const properties = `${body}/schema/properties`;
const region = "/servers/0/variables/region";
const kind = "/components/schemas/Pet/properties/kind";
const mapping = (pairs: Readonly<Record<string, string>>): JsonValue => ({
  propertyName: "kind",
  mapping: Object.fromEntries(Object.entries(pairs).map(([value, name]) => [value, `#/components/schemas/${name}`])),
});

function compare(edits: readonly Edit[], names = true): Promise<SpecDiff> {
  const [before, after] = (["before", "after"] as const).map((side) =>
    parseSource(
      JSON.stringify(editDocument(document, edits, side)),
      `${side}.json`,
      side === "before" ? "base" : "head",
    ),
  );
  return diffSpecs(before!, after!, { names });
}

function lines({ changes }: SpecDiff): string[] {
  return changes.map(
    ({ level, rule, direction, document: side, pointer, reason, operations, undecided, opinion }) =>
      `${level} ${rule} (${opinion}${undecided ? ", undecided" : ""}) ${direction} ${side}${pointer}: ${reason} [${operations.join(", ")}]`,
  );
}

interface Case {
  readonly what: string;
  readonly edits: readonly Edit[];
  readonly rules: readonly string[];
}

/** A property of the response that refers to a schema, which has flags after and none before. */
const owned = (flags: Readonly<Record<string, boolean>>): Edit[] => [
  { at: "/components/schemas/Owner", before: { type: "object" }, after: { type: "object", ...flags } },
  {
    at: "/components/schemas/Pet/properties/owner",
    before: { $ref: "#/components/schemas/Owner" },
    after: { $ref: "#/components/schemas/Owner" },
  },
];

const one = (what: string, rules: readonly string[], ...edits: readonly Edit[]): Case => ({ what, edits, rules });

const cases: readonly Case[] = [
  one("another factor", ["limit-changed"], { at: `${properties}/n/multipleOf`, before: 4, after: 6 }),
  one("a wider format", ["format-widened"], { at: `${properties}/n/format`, before: "int32", after: "float" }),
  one("a narrower format", ["format-narrowed"], { at: `${properties}/n/format`, before: "float", after: "int32" }),
  one("another encoding of content", ["encoding-changed"], {
    at: `${properties}/data/contentEncoding`,
    before: "base64",
    after: "base64url",
  }),
  one("an encoding of content that is gone", ["encoding-changed"], {
    at: `${properties}/data/contentEncoding`,
    before: "base64",
  }),
  one("a property of a closed response", ["property-added-to-closed"], {
    at: "/components/schemas/Pet/properties/age",
    after: { type: "integer" },
  }),
  one("a required property that is gone", ["property-removed"], {
    at: `${properties}/open`,
    before: { type: "object", required: ["a"], properties: { a: { type: "string" } } },
    after: { type: "object", properties: {} },
  }),
  one("a type for additional properties", ["additional-properties-typed"], {
    at: `${properties}/open/additionalProperties`,
    after: { type: "string" },
  }),
  one("no type for additional properties", ["additional-properties-untyped"], {
    at: `${properties}/open/additionalProperties`,
    before: { type: "string" },
  }),
  one("a discriminator", ["discriminator-added"], {
    at: `${kind}/discriminator`,
    after: mapping({ cat: "Cat", dog: "Dog" }),
  }),
  one("a discriminator of what is sent", ["discriminator-added"], {
    at: `${properties}/kind`,
    before: { oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }] },
    after: {
      oneOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Dog" }],
      discriminator: mapping({ cat: "Cat", dog: "Dog" }),
    },
  }),
  one("a value of a discriminator", ["discriminator-value-added"], {
    at: `${kind}/discriminator`,
    before: mapping({ cat: "Cat", dog: "Dog" }),
    after: mapping({ cat: "Cat", dog: "Dog", puppy: "Dog" }),
  }),
  one("a value less of a discriminator", ["discriminator-value-removed"], {
    at: `${kind}/discriminator`,
    before: mapping({ cat: "Cat", dog: "Dog", puppy: "Dog" }),
    after: mapping({ cat: "Cat", dog: "Dog" }),
  }),
  one("a value of a discriminator for another schema", ["discriminator-value-moved"], {
    at: `${kind}/discriminator`,
    before: mapping({ cat: "Cat", dog: "Dog", pet: "Dog" }),
    after: mapping({ cat: "Cat", dog: "Dog", pet: "Cat" }),
  }),
  one("another size from which an image is warned of", ["image-warning-changed"], {
    at: `${properties}/image/x-image-limits/warningFromBytes`,
    before: 50,
    after: 60,
  }),
  one(
    "limits of an image that are gone",
    ["image-type-added", "image-any-shape", "image-limit-loosened", "image-warning-changed"],
    {
      at: `${properties}/image/x-image-limits`,
      before: limits,
    },
  ),
  one("limits of an image", ["image-type-removed", "image-square", "image-limit-tightened", "image-warning-changed"], {
    at: `${properties}/image/x-image-limits`,
    after: limits,
  }),
  one("an operationId", ["operation-id-added"], { at: "/paths/~1pets~1{id}/put/operationId", after: "putPet" }),
  one("no operationId", ["operation-id-removed"], { at: `${get}/operationId`, before: "getPet" }),
  one("another operationId", ["operation-id-changed"], { at: `${get}/operationId`, before: "getPet", after: "pet" }),
  one("a deprecated operation", ["operation-deprecated"], { at: `${get}/deprecated`, after: true }),
  one("an operation that is no longer deprecated", ["operation-undeprecated"], {
    at: `${get}/deprecated`,
    before: true,
    after: false,
  }),
  one("an operation that is said not to be deprecated", [], { at: `${get}/deprecated`, after: false }),
  one("a deprecated parameter", ["deprecated"], { at: `${get}/parameters/1/deprecated`, after: true }),
  one("a parameter that is no longer deprecated", ["undeprecated"], {
    at: `${get}/parameters/1/deprecated`,
    before: true,
  }),
  one("a deprecated header", ["deprecated"], { at: `${get}/responses/200/headers/Total/deprecated`, after: true }),
  one("a header that is no longer deprecated", ["undeprecated"], {
    at: `${get}/responses/200/headers/Total/deprecated`,
    before: true,
  }),
  one("a required header", ["header-required"], { at: `${get}/responses/200/headers/Total/required`, after: true }),
  one("an optional header", ["header-optional"], {
    at: `${get}/responses/200/headers/Total/required`,
    before: true,
    after: false,
  }),
  one("an empty value that is allowed", ["empty-value-allowed"], {
    at: `${get}/parameters/1/allowEmptyValue`,
    after: true,
  }),
  one("an empty value that is rejected", ["empty-value-rejected"], {
    at: `${get}/parameters/1/allowEmptyValue`,
    before: true,
    after: false,
  }),
  one("another serialization of a part", ["part-serialization-changed"], {
    at: `${body}/encoding/tags/explode`,
    before: true,
    after: false,
  }),
  one("another default of a server's variable", ["server-default-changed"], {
    at: `${region}/default`,
    before: "eu",
    after: "us",
  }),
  one("a value of a server's variable", ["server-value-added"], {
    at: `${region}/enum`,
    before: ["eu", "us"],
    after: ["eu", "us", "ap"],
  }),
  one("a value less of a server's variable", ["server-value-removed"], {
    at: `${region}/enum`,
    before: ["eu", "us"],
    after: ["eu"],
  }),
  one("any value of a server's variable", ["server-value-added"], { at: `${region}/enum`, before: ["eu", "us"] }),
  one("a list of values of a server's variable", ["server-value-removed"], {
    at: `${region}/enum`,
    after: ["eu", "us"],
  }),
  one("a schema", ["name-added"], { at: "/components/schemas/Bird", after: { type: "object" } }),
  one("no schema", ["name-removed"], { at: "/components/schemas/Bird", before: { type: "object" } }),
  one("a schema that only requests have now, by reference", ["property-write-only"], ...owned({ writeOnly: true })),
  one("a schema that only responses have, by reference", [], ...owned({ readOnly: true })),
  one("another version", ["version-changed"], { at: "/info/version", before: "1.0.0", after: "1.1.0" }),
  one("another title", ["description-changed"], { at: "/info/title", before: "Pets", after: "Animals" }),
  one("contact details that are gone", ["description-changed"], { at: "/info/contact", before: { name: "Ada" } }),
  one("an extension of the title", ["extension-changed"], { at: "/info/x-logo", after: "otter" }),
];

/** A schema of what is sent, which a value of the discriminator leads to, though it is not a branch. */
const lion = (name: string, parts: Readonly<Record<string, JsonValue>>, side: "before" | "after"): Edit => ({
  at: `/components/schemas/${name}`,
  [side]: { type: "object", properties: parts },
});

describe("a discriminator", () => {
  const claws = { claws: { type: "integer" } };
  const moved: Edit = {
    at: `${kind}/discriminator`,
    before: mapping({ cat: "Cat", lion: "Lion" }),
    after: mapping({ cat: "Cat", lion: "BigCat" }),
  };

  it.each<{ what: string; after: Readonly<Record<string, JsonValue>>; rules: readonly string[] }>([
    { what: "the same", after: claws, rules: [] },
    { what: "less", after: { claws: { type: "integer", maximum: 18 } }, rules: ["discriminator-value-moved"] },
    { what: "more", after: { claws: { type: "number" } }, rules: ["discriminator-value-moved"] },
  ])("may lead a value to a schema of another name that allows $what", async ({ after, rules }) => {
    const diff = await compare([lion("Lion", claws, "before"), lion("BigCat", after, "after"), moved]);
    const reported = diff.changes.filter(({ opinion }) => opinion === "schema").map(({ rule }) => rule);
    expect(reported.filter((rule) => rule.startsWith("discriminator"))).toEqual(rules);
  });

  it("without a mapping leads to the branch of the same name, and not to the one that is most alike", async () => {
    const told = { propertyName: "kind" };
    const { Cat, Dog } = document.components.schemas;
    const diff = await compare([
      { at: `${kind}/discriminator`, before: told, after: told },
      { at: "/components/schemas/Cat", before: Cat, after: Dog },
      { at: "/components/schemas/Dog", before: Dog, after: Cat },
    ]);
    expect(lines(diff)).toMatchSnapshot();
    expect(diff.bump).toBe("major");
  });
});

describe("a change of the document", () => {
  it.each(cases)("is reported by its rule: $what", async ({ edits, rules }) => {
    const diff = await compare(edits);
    const reported = diff.changes.filter(({ opinion }) => opinion === "schema").map(({ rule }) => rule);
    expect(reported.toSorted()).toEqual(rules.toSorted());
    expect(lines(diff)).toMatchSnapshot();
  });

  it("of a placeholder's name counts only if names do", async () => {
    const item = document.paths["/pets/{id}"];
    const renamed = JSON.parse(JSON.stringify(item).replace('"name":"id"', '"name":"pet"')) as JsonValue;
    const edits: Edit[] = [
      { at: "/paths/~1pets~1{id}", before: item as unknown as JsonValue },
      { at: "/paths/~1pets~1{pet}", after: renamed },
    ];
    expect(lines(await compare(edits))).toMatchSnapshot("with names");
    expect(lines(await compare(edits, false))).toMatchSnapshot("without names");
  });

  it("of nothing but the order of its keys is not reported", async () => {
    const reversed = Object.fromEntries(Object.entries(document.info).toReversed());
    const diff = await compare([{ at: "/info", before: document.info, after: reversed }]);
    expect(diff).toMatchObject({ bump: "none", changes: [], disagreements: [], warnings: [] });
  });
});
