import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import type { JsonObject, OpenAPIDocument } from "../document/openapi-document.ts";
import { type EmittedValidators, emitValidators } from "./emit-validators.ts";

const folder = mkdtempSync(join(tmpdir(), "emit-validators-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Validate = (value: unknown) => Promise<{
  readonly issues: readonly { readonly path: readonly (string | number)[]; readonly message: string }[];
  readonly warnings: readonly { readonly message: string }[];
}>;

function emitted(paths: JsonObject): EmittedValidators {
  const document = { openapi: "3.1.0", info: { title: "Pets", version: "1.0.0" }, paths, components };
  return emitValidators(document as unknown as OpenAPIDocument, {
    name: "pets.yaml",
    command: "pnpm generate",
    extension: ".js",
    runtime: "a-runtime",
  });
}

let count = 0;
/** What the emitted module exports, beside the validator's package as it is built. */
async function exportsOf({ text }: EmittedValidators): Promise<Readonly<Record<string, Validate>>> {
  const root = join(folder, String(count++));
  mkdirSync(join(root, "node_modules/@image-variations"), { recursive: true });
  const validation = fileURLToPath(new URL("../../../validation", import.meta.url));
  symlinkSync(validation, join(root, "node_modules/@image-variations/validation"), "junction");
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(join(root, "validation.ts"), text ?? "");
  return (await import(pathToFileURL(join(root, "validation.ts")).href)) as Record<string, Validate>;
}

const components = {
  parameters: {
    limit: { name: "limit", in: "query", schema: { $ref: "#/components/schemas/Limit" } },
  },
  schemas: { Limit: { type: "integer", minimum: 1, maximum: 100 } },
};

const done = { responses: { "204": { description: "Done." } } };
const pets: JsonObject = {
  "/pets/{petId}": {
    parameters: [
      { name: "petId", in: "path", required: true, schema: { type: "integer" } },
      { name: "fields", in: "query", schema: { type: "string" } },
    ],
    get: {
      ...done,
      operationId: "getPet",
      parameters: [
        { $ref: "#/components/parameters/limit" },
        { name: "fields", in: "query", schema: { type: "array", items: { enum: ["name", "age"] }, maxItems: 2 } },
        { name: "filter", in: "query", content: { "application/json": { schema: { type: "object" } } } },
        { name: "X-Trace", in: "header", required: true, schema: { type: "string", pattern: "^[0-9a-f]+$" } },
        { name: "Accept", in: "header", required: true, schema: { type: "integer" } },
        { name: "session", in: "cookie", schema: { type: "string", minLength: 3 } },
      ],
    },
  },
  "/pets": {
    get: { ...done, operationId: "listPets", parameters: [{ $ref: "#/components/parameters/limit" }] },
    post: {
      ...done,
      operationId: "createPet",
      parameters: [{ name: "dry-run", in: "query", required: true, schema: { type: "boolean" } }],
      requestBody: {
        required: true,
        content: { "application/json": { schema: { type: "object", required: ["name"] } } },
      },
    },
  },
};

const { validateGetPetParameters, validateListPetsParameters, validateCreatePet, validateCreatePetParameters } =
  await exportsOf(emitted(pets));

describe("the parameters of an operation have a validator, which takes them as a method does", () => {
  const path = { petId: 7 };
  const header = { "X-Trace": "a1" };
  it.each<[what: string, params: unknown, issues: string[]]>([
    ["what is required alone", { path, header }, []],
    ["all of them", { path, header, query: { limit: 5, fields: ["age"], filter: {} }, cookie: { session: "abc" } }, []],
    ["a parameter that is undefined", { path, header, query: { limit: undefined } }, []],
    ["one that OpenAPI has ignored", { path, header: { ...header, Accept: "text/csv" } }, []],
    ["nothing at all", undefined, [""]],
    ["without the path", { header }, ["path"]],
    ["without a parameter of the path", { path: {}, header }, ["path.petId"]],
    ["without a header that is required", { path, header: {} }, ["header.X-Trace"]],
    ["a text for a number", { path: { petId: "seven" }, header }, ["path.petId"]],
    ["beyond a limit that is referred to", { path, header, query: { limit: 101 } }, ["query.limit"]],
    ["a value that is not listed", { path, header, query: { fields: ["nme"] } }, ["query.fields.0"]],
    ["a text for what is written as JSON", { path, header, query: { filter: "a" } }, ["query.filter"]],
    [
      "several mistakes at once",
      { path: { petId: 0.5 }, header: { "X-Trace": "xyz" }, cookie: { session: "a" } },
      ["path.petId", "header.X-Trace", "cookie.session"],
    ],
  ])("%s", async (_, params, expected) => {
    const { issues } = await validateGetPetParameters!(params);
    expect(issues.map((issue) => issue.path.join("."))).toEqual(expected);
  });

  it("and says what it got and what it wants", async () => {
    const { issues } = await validateGetPetParameters!({ path: { petId: "7" }, header });
    expect(issues[0]!.message).toMatch(/^path\.petId must be a whole number, not "7"\./);
  });

  it("and warns of a name that looks misspelt", async () => {
    const { issues, warnings } = await validateListPetsParameters!({ query: { limt: 5 } });
    expect(issues).toEqual([]);
    expect(warnings).toMatchObject([{ path: ["query", "limt"], fix: "Did you mean limit?" }]);
  });

  it("and needs none of them if none is required", async () => {
    expect((await validateListPetsParameters!(undefined)).issues).toEqual([]);
  });

  it("beside the validator of the body", async () => {
    expect((await validateCreatePet!({ name: "Ada" })).issues).toEqual([]);
    expect((await validateCreatePetParameters!({ query: { "dry-run": true } })).issues).toEqual([]);
    expect((await validateCreatePetParameters!({ query: { "dry-run": 1 } })).issues).toHaveLength(1);
  });

  it("with a name of its own, whatever other operations are called", async () => {
    const parameters = [{ name: "a", in: "query", required: true, schema: { type: "string" } }];
    const requestBody = { content: { "application/json": { schema: { type: "object" } } } };
    const { validateA, validateAParameters, validateAParameters_, validateAParameters__ } = await exportsOf(
      emitted({
        "/a": {
          get: { ...done, operationId: "a", parameters },
          put: { ...done, operationId: "A", parameters, requestBody },
          post: { ...done, operationId: "aParameters", requestBody },
        },
      }),
    );
    expect((await validateA!({})).issues).toEqual([]);
    expect((await validateAParameters!({})).issues).toEqual([]);
    expect((await validateAParameters_!({})).issues).toHaveLength(1);
    expect((await validateAParameters__!({})).issues).toHaveLength(1);
  });
});
