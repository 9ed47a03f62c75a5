import { describe, expect, it } from "vitest";
import type { JsonObject, OpenAPIDocument } from "../document/openapi-document.ts";
import { parseSpec } from "../document/read-spec.ts";
import { methodNames } from "../prepare/operation-names.ts";
import { emitContract } from "./emit-contract.ts";
import { emitDocument } from "./emit-document.ts";
import { emitJson } from "./emit-json.ts";
import { emitMethods } from "./emit-methods.ts";
import { emitParameterTables } from "./emit-parameter-tables.ts";
import { emitSchemaTypes, type SchemaTypesOptions } from "./emit-schema-types.ts";

/** What our own spec has none of, beside what it has: every branch of the emitters. */
const text = `openapi: 3.1.0
info: { title: Everything, version: 2.0.0 }
servers:
  - url: https://{host}.example.com/{none}/v1
    variables: { host: { default: api } }
security:
  - bearer: []
  - key: []
paths:
  /images:
    get:
      operationId: listImages
      security: []
      responses: { "200": { description: Fine. } }
    post:
      operationId: createImage
      summary: Make an image.
      requestBody: { $ref: "#/components/requestBodies/Create" }
      responses:
        "200":
          description: Fine.
          content: { application/json: { schema: { $ref: "#/components/schemas/Word" } } }
  /words:
    put:
      operationId: putWord
      requestBody:
        content:
          application/json:
            schema: { type: object, properties: { word: { $ref: "#/components/schemas/Word" } } }
      responses: { default: { description: Fine. } }
components:
  requestBodies:
    Create: { content: { multipart/form-data: { schema: { $ref: "#/components/schemas/Create" } } } }
  schemas:
    Word: { type: string, enum: [a, b], description: "A word: */ even this." }
    Limited:
      type: string
      format: binary
      x-image-limits: { mediaTypes: [image/png, image/webp], square: true, exclusiveMaximumBytes: 4194304 }
    Free: {}
    Create:
      type: object
      description: What is sent.
      required: [image]
      properties:
        image: { $ref: "#/components/schemas/Limited" }
        mask: { type: [string, "null"], format: binary }
        references: { type: array, items: { $ref: "#/components/schemas/Limited" }, minItems: 1, maxItems: 16 }
        n: { type: integer, minimum: 1, maximum: 10, default: 1, description: How many. }
        ratio: { type: number, minimum: 0.5 }
        isFast: { type: boolean, default: false, deprecated: true, x-note: kept }
        name: { type: string, minLength: 2, maxLength: 8, pattern: ^a }
        size: { type: [string, "null"], enum: [s, m, null], default: m }
        model: { anyOf: [{ type: string }, { $ref: "#/components/schemas/Word" }, { type: "null" }], default: a }
        maybe: { oneOf: [{ type: integer, maximum: 5 }, { type: "null" }] }
        date: { type: string, format: date-time, title: When. }
`;

const document = parseSpec(text, "everything.yaml");

it("writes the parameter tables of every operation with a body, with every rule that they carry", () => {
  expect(emitParameterTables(document, "everything.yaml")).toMatchSnapshot();
  expect(emitParameterTables(document, "everything.yaml", "a-package")).toContain('from "a-package";');
});

it("writes what the client knows of every operation: URL, security, bodies, responses, and the parts that they need", () => {
  const contractOf = (edited: OpenAPIDocument): string =>
    emitContract(edited, methodNames(edited as unknown as JsonObject), {
      name: "everything.yaml",
      command: "npx codegen",
      extension: ".js",
      runtime: "a-runtime",
    });
  expect(contractOf(document)).toMatchSnapshot();
  const { servers: _, ...withoutServers } = document;
  expect(contractOf(withoutServers)).toContain('baseURL: "/"');
});

describe("the methods of our own client", () => {
  const options = {
    aliases: new Map<string, string>(),
    runtime: { Method: "./m.ts", RequestOptions: "./o.ts", APIPromise: "./p.ts" },
  };
  const named = (prefix: string): ReadonlyMap<string, string> =>
    new Map([...methodNames(document as unknown as JsonObject)].map(([name, method]) => [name, prefix + method]));

  it("have the names of the schemas, and the docs that editors show", () => {
    expect(emitMethods(document, named("things."), "everything.yaml", options)).toMatchSnapshot();
  });

  it.each(["", "a.b."])("are in groups, so %jname is rejected", (prefix) => {
    expect(() => emitMethods(document, named(prefix), "everything.yaml", options)).toThrow(
      "x-client-method must be a group and a method",
    );
  });
});

it.each<{ name: string; options?: SchemaTypesOptions }>([
  { name: "named" },
  { name: "without names", options: { named: false } },
  { name: "with aliases and open objects", options: { openObjects: true, aliases: new Map([["Params", "Create"]]) } },
])("writes the types of every schema, $name", async ({ options }) => {
  const upload = { name: "Uploadable", from: "./uploadable.ts" };
  expect(await emitSchemaTypes(document, "everything.yaml", upload, options)).toMatchSnapshot();
});

it("writes the document as JSON and as a typed constant", () => {
  expect(JSON.parse(emitJson(document))).toEqual(document);
  expect(emitJson(document)).toMatch(/^\{\n {2}"openapi": [^]*\}\n$/);
  expect(emitDocument(document, "everything.yaml")).toMatchSnapshot();
});
