import { describe, expect, it } from "vitest";
import { closureOf, type JsonObject, referencesIn, schemaReference, sliceDocument } from "../document.ts";

const ref = (name: string): JsonObject => ({ $ref: `#/components/${name}` });
const json = (schema: JsonObject): JsonObject => ({ content: { "application/json": { schema } } });
const document: JsonObject = {
  openapi: "3.1.0",
  info: { title: "Pets", version: "1.0.0" },
  servers: [{ url: "https://example.com" }],
  paths: {
    "/pets": {
      summary: "Pets.",
      description: "All of them.",
      servers: [{ url: "https://pets.example.com" }],
      parameters: [ref("parameters/Limit")],
      get: { parameters: [ref("parameters/Page")], responses: { "200": ref("responses/Pets") } },
      post: {
        requestBody: ref("requestBodies/Pet"),
        callbacks: { made: { "{$url}": { post: { requestBody: json(ref("schemas/Made")), responses: {} } } } },
        responses: { "201": ref("responses/Made") },
      },
    },
    "/homes": { $ref: "#/x-homes" },
    "/true": true,
  },
  webhooks: { made: { post: { requestBody: json(ref("schemas/Made")), responses: {} } } },
  "x-homes": { get: { responses: { "200": { description: "Homes.", ...json(ref("schemas/Home~1big")) } } } },
  components: {
    parameters: {
      Limit: { name: "limit", in: "query", schema: ref("schemas/Count") },
      Page: { name: "page", in: "query", schema: ref("schemas/Count") },
    },
    requestBodies: { Pet: json(ref("schemas/Pet")) },
    responses: {
      Pets: { description: "Pets.", ...json({ type: "array", items: ref("schemas/Pet") }) },
      Made: { description: "Made.", ...json(ref("schemas/Made")) },
    },
    schemas: {
      Count: { type: "integer" },
      Pet: {
        oneOf: [ref("schemas/Cat")],
        discriminator: { propertyName: "kind", mapping: { dog: "Dog", cat: "#/components/schemas/Cat" } },
      },
      Cat: { properties: { kittens: { items: ref("schemas/Cat") } } },
      Dog: { type: "object" },
      Made: { type: "string" },
      "Home/big": { type: "object" },
      Unused: { type: "object" },
    },
    securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
  },
};

/** The names of a slice's components, by section. */
function componentsOf(slice: JsonObject): Record<string, string[]> {
  const sections = Object.entries(slice.components as Record<string, JsonObject>);
  return Object.fromEntries(sections.map(([section, entries]) => [section, Object.keys(entries).toSorted()]));
}

const keysOf = (slice: JsonObject, path: string, method?: string): string[] => {
  const item = (slice.paths as Record<string, JsonObject>)[path]!;
  return Object.keys(method === undefined ? item : (item[method] as JsonObject)).toSorted();
};

describe("a document of some operations", () => {
  it("has what they refer to, what their path says, and nothing else", () => {
    const slice = sliceDocument(document, [{ path: "/pets", method: "get" }]);
    expect(keysOf(slice, "/pets")).toEqual(["description", "get", "parameters", "servers", "summary"]);
    expect(Object.keys(slice.paths as JsonObject)).toEqual(["/pets"]);
    expect(componentsOf(slice)).toEqual({
      parameters: ["Limit", "Page"],
      responses: ["Pets"],
      // A discriminator names schemas too, also by a bare name.
      schemas: ["Cat", "Count", "Dog", "Pet"],
      securitySchemes: ["key"],
    });
    expect(slice).toMatchObject({ openapi: "3.1.0", info: document.info, servers: document.servers });
    expect("webhooks" in slice).toBe(false);
  });

  it("has both operations of one path", () => {
    const slice = sliceDocument(
      document,
      ["get", "post"].map((method) => ({ path: "/pets", method })),
    );
    expect(keysOf(slice, "/pets")).toContain("get");
    expect(keysOf(slice, "/pets")).toContain("post");
    expect(componentsOf(slice)["schemas"]).toEqual(["Cat", "Count", "Dog", "Made", "Pet"]);
  });

  it("follows a path that is a reference, and a name with a slash in it", () => {
    const slice = sliceDocument(document, [{ path: "/homes", method: "get" }]);
    expect(keysOf(slice, "/homes")).toEqual(["get"]);
    expect(componentsOf(slice)).toEqual({ schemas: ["Home/big"], securitySchemes: ["key"] });
  });

  it("has nothing of an operation that is not there", () => {
    for (const path of ["/pets", "/none", "/true"]) {
      expect(sliceDocument(document, [{ path, method: "delete" }]).paths).toEqual({});
    }
    expect(sliceDocument({ openapi: "3.1.0" }, [{ path: "/pets", method: "get" }])).toEqual({
      openapi: "3.1.0",
      paths: {},
      components: {},
    });
  });

  it("has for one direction only what is sent, or what is received", () => {
    const wanted = [{ path: "/pets", method: "post" }];
    const sent = sliceDocument(document, wanted, "request");
    expect(keysOf(sent, "/pets", "post")).toEqual(["callbacks", "requestBody"]);
    expect(keysOf(sent, "/pets")).toContain("parameters");
    expect(componentsOf(sent)).toMatchObject({
      requestBodies: ["Pet"],
      schemas: ["Cat", "Count", "Dog", "Made", "Pet"],
    });
    const received = sliceDocument(document, wanted, "response");
    expect(keysOf(received, "/pets", "post")).toEqual(["responses"]);
    expect(keysOf(received, "/pets")).not.toContain("parameters");
    expect(componentsOf(received)).toEqual({ responses: ["Made"], schemas: ["Made"], securitySchemes: ["key"] });
  });

  it("has no components but those that are there, also if it refers to other places and to nothing", () => {
    const get = {
      requestBody: { $ref: "#/paths/~1pets/post/requestBody" },
      responses: { "200": ref("responses/Lost"), "201": { $ref: "#/components/responses" }, "202": { $ref: "#lost" } },
    };
    const slice = sliceDocument({ ...document, paths: { ...(document.paths as JsonObject), "/odd": { get } } }, [
      { path: "/odd", method: "get" },
    ]);
    expect(slice.paths).toEqual({ "/odd": { get } });
    expect(componentsOf(slice)).toMatchObject({ requestBodies: ["Pet"], securitySchemes: ["key"] });
    expect(Object.keys(slice.components as JsonObject).toSorted()).toEqual([
      "requestBodies",
      "schemas",
      "securitySchemes",
    ]);
  });

  it("has what is odd in a path as it is", () => {
    const paths = { "/a": { $ref: 5, get: true } };
    for (const direction of [undefined, "request", "response"] as const) {
      expect(sliceDocument({ paths }, [{ path: "/a", method: "get" }], direction).paths).toEqual({
        "/a": { get: true },
      });
    }
  });

  it("leaves the document as it was", () => {
    const before = structuredClone(document);
    sliceDocument(document, [{ path: "/pets", method: "post" }], "response");
    expect(document).toEqual(before);
  });
});

describe("references", () => {
  const pet = { oneOf: [ref("schemas/Cat")], discriminator: { propertyName: "kind", mapping: { dog: "Dog", odd: 5 } } };

  it("in a value are those of $ref and of a discriminator's mapping, each with its kind", () => {
    expect(referencesIn(pet as JsonObject, "schema")).toEqual([
      { reference: "#/components/schemas/Cat", kind: "schema" },
      { reference: "#/components/schemas/Dog", kind: "schema" },
    ]);
    expect(referencesIn({ discriminator: { propertyName: "kind" } }, "schema")).toEqual([]);
    expect(referencesIn({ $ref: "#/components/schemas/Cat" }, "schemas")).toEqual([]);
    expect(referencesIn({ example: { $ref: "#/components/schemas/Cat" } }, "schema")).toEqual([]);
  });

  it("in a value and in all that it leads to are listed once", () => {
    expect(closureOf(document, ref("schemas/Pet"), "schema").map(({ reference }) => reference.slice(21))).toEqual([
      "Pet",
      "Cat",
      "Dog",
    ]);
    expect(closureOf(document, ref("schemas/None"), "schema")).toHaveLength(1);
  });

  it.each([
    ["Dog", "#/components/schemas/Dog"],
    ["my-dog.v2", "#/components/schemas/my-dog.v2"],
    ["#/components/schemas/Dog", "#/components/schemas/Dog"],
    ["./dog.yaml", "./dog.yaml"],
    ["a dog", "a dog"],
  ])("of a mapping, %s is %s", (target, reference) => {
    expect(schemaReference(target)).toBe(reference);
  });
});
