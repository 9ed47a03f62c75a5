import { describe, expect, it } from "vitest";
import type { JsonObject } from "../document/openapi-document.ts";
import { camelCase, derivedOperationId, methodNames, operationsOf, withOperationIds } from "./operation-names.ts";

const documentOf = (paths: JsonObject): JsonObject => ({ openapi: "3.1.0", paths });

/** The operationIds, in the order of the document. */
const idsOf = (paths: JsonObject): unknown[] =>
  operationsOf(withOperationIds(documentOf(paths))).map(({ operation }) => operation.operationId);

/** The methods of operations with these facts, each at a path of its own. */
const methodsOf = (...operations: readonly JsonObject[]): string[] => {
  const paths = Object.fromEntries(operations.map((operation, index) => [`/${index}`, { get: operation }]));
  return [...methodNames(documentOf(paths)).values()];
};

describe("an operation's operationId", () => {
  it.each([
    [{ operationId: "listPets" }, "listPets"],
    [{ operationId: "list-pets" }, "listPets"],
    [{ operationId: "list pets.v2" }, "listPetsV2"],
    [{ operationId: "$list_pets" }, "$list_pets"],
    [{ operationId: "2pets" }, "_2pets"],
    [{ operationId: "查询宠物" }, "查询宠物"],
    [{ operationId: "查询-宠物" }, "查询宠物"],
    [{ operationId: "" }, "getPets"],
    [{ operationId: 5 }, "getPets"],
    [{}, "getPets"],
  ])("%o becomes the identifier %s", (operation, id) => {
    expect(idsOf({ "/pets": { get: operation } })).toEqual([id]);
  });

  it("gets a number if it is not the first of its name", () => {
    const [one, two, three, four] = ["list", "list", "list", "list2"].map((operationId) => ({ operationId }));
    expect(idsOf({ "/a": { get: one!, put: two! }, "/b": { get: three! }, "/c": { get: four! } })).toEqual([
      "list",
      "list2",
      "list3",
      "list22",
    ]);
  });

  it("is added to operations alone, and to a copy", () => {
    const paths = { "/a": { summary: "A.", parameters: [], get: { tags: ["a"] } }, "/b": true };
    const before = structuredClone(paths);
    expect(withOperationIds(documentOf(paths)).paths).toEqual({
      "/a": { summary: "A.", parameters: [], get: { tags: ["a"], operationId: "getA" } },
      "/b": true,
    });
    expect(paths).toEqual(before);
    expect(withOperationIds({ openapi: "3.1.0" }).paths).toEqual({});
  });
});

describe("an operation's method", () => {
  it.each([
    [{ operationId: "listPets" }, "listPets"],
    [{ operationId: "listPets", tags: ["Pet store", "more"] }, "petStore.listPets"],
    [{ operationId: "listPets", tags: [5] }, "listPets"],
    [{ operationId: "listPets", tags: "pets" }, "listPets"],
    [{ operationId: "listPets", "x-client-method": "pets.list" }, "pets.list"],
    [{ operationId: "then" }, "then_"],
    [{ operationId: "a", tags: ["constructor"] }, "constructor_.a"],
    [{ operationId: "a", "x-client-method": "pets.toString" }, "pets.toString_"],
  ])("of %o is %s", (operation, method) => {
    expect(methodsOf(operation)).toEqual([method]);
  });

  it("gets an underscore if another operation or a group has its name", () => {
    expect(methodsOf({ operationId: "list-pets" }, { operationId: "listPets" }, { operationId: "list pets" })).toEqual([
      "listPets",
      "listPets_",
      "listPets__",
    ]);
    expect(methodsOf({ operationId: "pets" }, { operationId: "list", tags: ["pets"] })).toEqual(["pets_", "pets.list"]);
  });

  it.each([
    [
      [{ "x-client-method": "pets.list" }, { "x-client-method": "pets.list" }],
      "GET /1: x-client-method is pets.list, and so is that of GET /0; name another one.",
    ],
    [
      [{ "x-client-method": "pets.list" }, { "x-client-method": "pets" }],
      "GET /1: x-client-method is pets, and so is the group of other methods; name another one.",
    ],
    [
      [{ "x-client-method": "pets list" }],
      'GET /0: x-client-method is names with dots between them, such as images.createVariation, got "pets list".',
    ],
    [
      [{ "x-client-method": "pets." }],
      'GET /0: x-client-method is names with dots between them, such as images.createVariation, got "pets.".',
    ],
    [
      [{ "x-client-method": 5 }],
      "GET /0: x-client-method is names with dots between them, such as images.createVariation, got 5.",
    ],
  ])("that is chosen has to be free and a name: %o", (operations, message) => {
    expect(() => methodsOf(...operations)).toThrow(message);
  });
});

it.each([
  ["get", "/v{version}/pets", "getVByVersionPets"],
  ["get", "/pets/{id}.json", "getPetsByIdJson"],
  ["get", "/pets/{a}-{b}", "getPetsByAByB"],
  ["put", "/{id}", "putById"],
  ["get", "/", "get"],
])("derives an operationId of %s %s: %s", (method, path, id) => {
  expect(derivedOperationId(method, path)).toBe(id);
});

it.each([
  ["list pets", "listPets"],
  ["List-Pets", "listPets"],
  ["by id", "byId"],
  ["/list pets.", "listPets"],
  ["__", "_"],
  ["3d models", "_3dModels"],
  ["Größe", "größe"],
  ["Élan vital", "élanVital"],
  ["用户 管理", "用户管理"],
  ["заказ-товар", "заказТовар"],
  ["٣ شيء", "_٣شيء"],
  ["🐾", "_"],
])("camelCase of %j is %j", (words, name) => {
  expect(camelCase(words)).toBe(name);
});
