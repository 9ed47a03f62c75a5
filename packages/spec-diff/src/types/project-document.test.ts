import type { JsonObject } from "@image-variations/codegen/document";
import { describe, expect, it } from "vitest";
import { projectDocument } from "./project-document.ts";

const operation = (more: JsonObject): JsonObject => ({ paths: { "/a": { get: { responses: {}, ...more } } } });
const schemas = (all: JsonObject): JsonObject => ({ components: { schemas: all } });
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });
const parameter = (name: string, place: string): JsonObject => ({ name, in: place, schema: { type: "string" } });

describe("a document as requests see it", () => {
  it.each([
    {
      what: "media types in lower case, without their character set",
      from: operation({ requestBody: { content: { "Text/Plain; charset=utf-8": {}, "Image/*": {} } } }),
      to: operation({ requestBody: { content: { "text/plain": {}, "image/*": {} } } }),
    },
    {
      what: "names of headers in lower case, and no others",
      from: operation({
        parameters: [parameter("X-Id", "header"), parameter("Q", "query")],
        responses: { "200": { description: "Yes.", headers: { "X-Page": { schema: {} } } } },
      }),
      to: operation({
        parameters: [parameter("x-id", "header"), parameter("Q", "query")],
        responses: { "200": { description: "Yes.", headers: { "x-page": { schema: {} } } } },
      }),
    },
    {
      what: "a discriminator's schemas by their places",
      from: schemas({
        A: { oneOf: [ref("B")], discriminator: { propertyName: "k", mapping: { b: "B", c: ref("C").$ref!, d: 5 } } },
      }),
      to: schemas({
        A: {
          oneOf: [ref("B")],
          discriminator: { propertyName: "k", mapping: { b: ref("B").$ref!, c: ref("C").$ref!, d: 5 } },
        },
      }),
    },
    {
      what: "a discriminator without a mapping as it is",
      from: schemas({ A: { oneOf: [ref("B")], discriminator: { propertyName: "k" } } }),
      to: schemas({ A: { oneOf: [ref("B")], discriminator: { propertyName: "k" } } }),
    },
    {
      what: "an anchor as a place",
      from: schemas({ A: { $ref: "#b" }, B: { $anchor: "b", type: "string" } }),
      to: schemas({ A: ref("B"), B: { $anchor: "b", type: "string" } }),
    },
    {
      what: "a list of one type as the type",
      from: schemas({ A: { type: ["string"] }, B: { type: ["string", "null"] }, C: { type: [] } }),
      to: schemas({ A: { type: "string" }, B: { type: ["string", "null"] }, C: { type: [] } }),
    },
    {
      what: "no properties that only responses have, required or not",
      from: schemas({
        A: {
          type: "object",
          required: ["id", "name"],
          properties: { id: { readOnly: true }, name: {}, secret: { writeOnly: true }, no: { readOnly: false } },
        },
        B: { properties: { id: { readOnly: true }, at: { readOnly: true } } },
      }),
      to: schemas({
        A: {
          type: "object",
          required: ["name"],
          properties: { name: {}, secret: { writeOnly: true }, no: { readOnly: false } },
        },
        B: { properties: {} },
      }),
    },
    {
      what: "no properties whose schema only responses have, by reference",
      from: schemas({
        A: { properties: { b: ref("B"), c: ref("C"), loop: ref("Loop"), d: ref("D"), e: true } },
        B: ref("C"),
        C: { readOnly: true },
        D: { type: "string" },
        Loop: ref("Loop"),
      }),
      to: schemas({
        A: { properties: { loop: ref("Loop"), d: ref("D"), e: true } },
        B: ref("C"),
        C: { readOnly: true },
        D: { type: "string" },
        Loop: ref("Loop"),
      }),
    },
    {
      what: "placeholders by their numbers, wherever their parameters stand",
      from: {
        paths: {
          "/pets/{petId}/toys/{toyId}": {
            parameters: [parameter("petId", "path"), parameter("other", "path")],
            get: {
              parameters: [
                parameter("toyId", "path"),
                parameter("petId", "query"),
                { $ref: "#/components/parameters/Pet" },
              ],
              responses: {},
            },
            summary: "Words.",
          },
          "/plain": {},
        },
        components: { parameters: { Pet: parameter("petId", "path") } },
      },
      to: {
        paths: {
          "/pets/{_0}/toys/{_1}": {
            parameters: [parameter("_0", "path"), parameter("other", "path")],
            get: {
              parameters: [parameter("_1", "path"), parameter("petId", "query"), parameter("_0", "path")],
              responses: {},
            },
            summary: "Words.",
          },
          "/plain": {},
        },
        components: { parameters: { Pet: parameter("petId", "path") } },
      },
    },
    {
      what: "a parameter by reference as a reference, unless it is a placeholder",
      from: {
        paths: { "/a/{id}": { get: { parameters: [{ $ref: "#/components/parameters/Q" }], responses: {} } } },
        components: { parameters: { Q: parameter("id", "query") } },
      },
      to: {
        paths: { "/a/{_0}": { get: { parameters: [{ $ref: "#/components/parameters/Q" }], responses: {} } } },
        components: { parameters: { Q: parameter("id", "query") } },
      },
    },
    { what: "a document without paths", from: { openapi: "3.1.0" }, to: { openapi: "3.1.0" } },
  ])("has $what", ({ from, to }) => {
    const before = structuredClone(from);
    expect(projectDocument(from, "readOnly")).toEqual(to);
    expect(from).toEqual(before);
  });
});

it("has no properties that only requests have as responses see it", () => {
  const properties = { id: { readOnly: true }, secret: { writeOnly: true } };
  expect(projectDocument(schemas({ A: { properties } }), "writeOnly")).toEqual(
    schemas({ A: { properties: { id: { readOnly: true } } } }),
  );
});
