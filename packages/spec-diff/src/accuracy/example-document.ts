import type { JsonValue } from "@image-variations/codegen/document";

type JsonDocument = { [key: string]: JsonValue };

/**
 * The document that the accuracy table changes: one place at a time. `NewPet` is only sent and `Pet` only received, so
 * that the same change can be made to a request and to a response.
 */
export function exampleDocument(version: "3.0.3" | "3.1.0" = "3.1.0"): JsonDocument {
  return structuredClone({
    openapi: version,
    info: { title: "Pets", version: "1.0.0", description: "Pets and where they live." },
    servers: [{ url: "https://pets.example.com/v1" }, { url: "https://backup.example.com/v1" }],
    security: [{ key: [] }],
    tags: [{ name: "pets", description: "All of them." }],
    paths: {
      "/pets": {
        parameters: [{ name: "trace", in: "header", schema: { type: "string" } }],
        get: listPets,
        post: addPet,
      },
      "/pets/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        delete: { operationId: "removePet", responses: { "204": { description: "Removed." } } },
      },
    },
    components: { securitySchemes, schemas: { NewPet: petOf(version), Pet: petOf(version), ...otherSchemas } },
  });
}

function petOf(version: "3.0.3" | "3.1.0"): JsonDocument {
  const nullable = version === "3.0.3" ? { type: "string", nullable: true } : { type: ["string", "null"] };
  return {
    type: "object",
    description: "A pet.",
    required: ["name"],
    properties: {
      name: { type: "string", minLength: 1, maxLength: 40 },
      kind: { type: "string", enum: ["cat", "dog", "otter"] },
      age: { type: "integer", minimum: 0, maximum: 30 },
      weight: { type: "number" },
      nickname: nullable,
      code: { type: "string", pattern: "^[a-z]+$" },
      born: { type: "string", format: "date" },
      tags: { type: "array", items: { type: "string" }, maxItems: 5 },
      home: { $ref: "#/components/schemas/Home" },
      food: { oneOf: [{ $ref: "#/components/schemas/Fish" }, { $ref: "#/components/schemas/Hay" }] },
      labels: { type: "object", additionalProperties: { type: "string" } },
      size: { type: "object", properties: { width: { type: "integer" } }, additionalProperties: false },
      breed: { type: "string", default: "unknown" },
      image: {
        type: "string",
        format: "binary",
        "x-image-limits": { mediaTypes: ["image/png"], square: true, exclusiveMaximumBytes: 4_194_304 },
      },
    },
  };
}

const listPets = {
  operationId: "listPets",
  summary: "List pets",
  parameters: [
    { name: "limit", in: "query", schema: { type: "integer", minimum: 1, maximum: 100, default: 20 } },
    { name: "sort", in: "query", required: true, schema: { type: "string", enum: ["name", "age"] } },
    { name: "kinds", in: "query", schema: { type: "array", items: { type: "string" } } },
  ],
  responses: {
    "200": {
      description: "Pets.",
      headers: {
        "x-total": { required: true, schema: { type: "integer" } },
        "x-page": { schema: { type: "integer" } },
      },
      content: {
        "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Pet" } } },
        "text/csv": { schema: { type: "string" } },
      },
    },
    "404": {
      description: "None.",
      content: { "application/json": { schema: { $ref: "#/components/schemas/Failure" } } },
    },
  },
};

const addPet = {
  operationId: "addPet",
  security: [{ login: ["write"] }],
  requestBody: {
    required: true,
    content: {
      "application/json": { schema: { $ref: "#/components/schemas/NewPet" } },
      "multipart/form-data": {
        schema: { $ref: "#/components/schemas/NewPet" },
        encoding: { image: { contentType: "image/png, image/jpeg" } },
      },
    },
  },
  responses: {
    "201": {
      description: "Added.",
      content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
    },
  },
};

const securitySchemes = {
  key: { type: "apiKey", in: "header", name: "x-key" },
  login: {
    type: "oauth2",
    flows: {
      clientCredentials: {
        tokenUrl: "https://pets.example.com/token",
        scopes: { read: "Look.", write: "Change." },
      },
    },
  },
};

const otherSchemas = {
  Home: {
    type: "object",
    properties: { city: { type: "string" }, parent: { $ref: "#/components/schemas/Home" } },
  },
  Fish: { type: "object", required: ["fish"], properties: { fish: { type: "string" } } },
  Hay: { type: "object", required: ["hay"], properties: { hay: { type: "boolean" } } },
  Seeds: { type: "object", required: ["seeds"], properties: { seeds: { type: "integer" } } },
  Name: { type: "string" },
  Failure: { type: "object", properties: { message: { type: "string" } } },
};
