import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import { derivedOperationId } from "../prepare/operation-names.ts";
import { generateApi, type GenerateApiOptions, type GeneratedApi } from "./generate-api.ts";

const folder = mkdtempSync(join(tmpdir(), "generate-api-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
async function generated(document: object | string, options: Partial<GenerateApiOptions> = {}): Promise<GeneratedApi> {
  const name = `api-${count++}.yaml`;
  writeFileSync(join(folder, name), typeof document === "string" ? document : JSON.stringify(document));
  return await generateApi({ document: name, folder, ...options });
}

const info = { title: "Pets", version: "1.0.0" };
const done = { responses: { "204": { description: "Done." } } };

describe("a generated client", () => {
  it("has a method for each operation: by x-client-method, by tag and operationId, or by method and path", async () => {
    const { files } = await generated({
      openapi: "3.0.3",
      info,
      paths: {
        "/images/edits": { post: { ...done, "x-client-method": "images.edit", operationId: "createImageEdit" } },
        "/pets": { get: { ...done, tags: ["Pet store"], operationId: "list-pets" } },
        "/pets/{petId}/toys": { get: done },
      },
    });
    const client = files.get("client.ts")!;
    expect(client).toContain(
      '  readonly images: {\n    /** POST /images/edits */\n    readonly edit: Method<paths["/images/edits"]["post"]>;',
    );
    expect(client).toContain("  readonly petStore: {\n    /** GET /pets */\n    readonly listPets:");
    expect(client).toContain("  readonly getPetsByPetIdToys:");
  });

  it("is the same, byte for byte, of the same document", async () => {
    const document = { openapi: "3.1.0", info, paths: { "/a": { get: done } } };
    writeFileSync(join(folder, "same.yaml"), JSON.stringify(document));
    const [one, other] = await Promise.all([1, 2].map(() => generateApi({ document: "same.yaml", folder })));
    expect([...one!.files]).toEqual([...other!.files]);
  });

  it.for([
    ["GET", "/pets", "getPets"],
    ["DELETE", "/pets/{petId}", "deletePetsByPetId"],
    ["POST", "/v1/files/{id}.json", "postV1FilesByIdJson"],
    ["GET", "/", "get"],
  ])("derives an operationId of %s %s: %s", ([method, path, name]) => {
    expect(derivedOperationId(method!.toLowerCase(), path!)).toBe(name);
  });
});

describe("of a document are taken", () => {
  const document = {
    openapi: "3.1.0",
    info,
    paths: {
      "/a": { get: { ...done, operationId: "getA", tags: ["first"] } },
      "/b": {
        post: {
          operationId: "postB",
          tags: ["second"],
          requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/B" } } } },
          responses: { "200": { description: "Yes." } },
        },
      },
    },
    components: {
      schemas: {
        A: { type: "string" },
        B: { type: "object", properties: { c: { $ref: "#/components/schemas/C" } } },
        C: { type: "integer" },
      },
    },
  };

  it.for([
    { name: "an operation by method and path", options: { operations: ["POST /b"] } },
    { name: "an operation by its operationId", options: { operations: ["postB"] } },
    { name: "the operations of a tag", options: { tags: ["second"] } },
  ])("$name, with all that it refers to and nothing else", async ({ options }) => {
    const { files } = await generated(document, options);
    const schema = files.get("schema.ts")!;
    expect(schema).toContain("export type C =");
    expect(schema).not.toContain("export type A =");
    expect(files.get("contract.ts")).not.toContain("GET /a");
  });

  it("only what is there, and everything that is missing is told at once", async () => {
    await expect(generated(document, { operations: ["postC", "GET /a"], tags: ["secnod"] })).rejects.toThrow(
      /has no operation "postC"\. Did you mean "postB"\?\n.*has no tag "secnod"\. Did you mean "second"\?/,
    );
  });
});

describe("a document with mistakes", () => {
  const text = `openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /a:
    get:
      operationId: getA
      responses: { "200": { description: Yes. } }
components:
  schemas:
    A: { type: integer, minimum: 5, maximum: 4 }
    B: { type: string, requird: [a] }
`;

  it("is generated from, and each mistake is told with its place", async () => {
    const { warnings } = await generated(text);
    expect(warnings).toEqual([
      expect.stringMatching(/^api-\d+\.yaml:10:46: A allows nothing: minimum is 5, and maximum is 4\.$/),
      expect.stringMatching(/^api-\d+\.yaml:11:33: B has a key "requird" .* Did you mean required\?$/),
    ]);
  });

  it("is rejected with all of them if it is to be strict", async () => {
    await expect(generated(text, { strict: true })).rejects.toThrow(/:10:46: .*\n.*:11:33: /);
  });

  it("is rejected if nothing can be made of it", async () => {
    await expect(generated("openapi: 3.1.0\ninfo: {}\npaths:\n  /a:\n    get: [1]\n")).rejects.toThrow(
      /:5:10: get has to be an object, got \[1\]; is the indentation right\?$/,
    );
  });
});

it("overlays make a dialect of the contract that comes with the package", async () => {
  writeFileSync(
    join(folder, "mine.overlay.yaml"),
    `overlay: 1.0.0
info: { title: Mine, version: 1.0.0 }
actions:
  - target: $.components.schemas.ImageCreateVariationParams
    update: { required: [model], properties: { seed: { type: integer } } }
`,
  );
  const { files } = await generateApi({ base: "image-variations", document: "mine.overlay.yaml", folder });
  expect(files.get("schema.ts")).toContain("seed?: number;");
  expect(files.get("validation.ts")).toMatch(/name: "model",\n {4}kind: "string",\n {4}required: true/);
  expect(files.get("client.ts")).toContain("readonly createVariation:");
  await expect(generateApi({ base: "image-variation", folder })).rejects.toThrow("Did you mean image-variations?");
});

describe("strings of a document never become code", () => {
  const nasty = [
    "*/ globalThis.owned = 1; /*",
    "`${globalThis.owned = 1}`",
    '"; globalThis.owned = 1; "',
    "\u2028globalThis.owned = 1",
    "__proto__",
    "constructor",
    "a\nglobalThis.owned = 1",
    "class",
    "//",
    "</script>",
    "{@link x}",
  ];
  const word = fc.oneof(
    fc.constantFrom(...nasty),
    fc.string({ maxLength: 12, size: "max" }),
    fc.constantFrom(...nasty).map((text) => `x${text}`),
  );

  it("whatever they are, and wherever they stand", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(word, { minLength: 12, maxLength: 12 }), fc.boolean(), async (words, isForm) => {
        const [path, id, tag, schema, property, text, value, title, parameter, scheme, header, pattern] = words as [
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
          string,
        ];
        const name = schema || "S";
        const reference = `#/components/schemas/${encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"))}`;
        const properties = Object.fromEntries([
          [
            property || "p",
            { type: "string", description: text, enum: [value], pattern, default: value, example: text },
          ],
          [value || "v", { type: "array", description: text, items: { $ref: reference } }],
        ]);
        const mediaType = isForm ? "multipart/form-data" : "application/json";
        const document = {
          openapi: "3.1.0",
          info: { title, version: text, description: text },
          servers: [{ url: `https://example.com/${text}/{v}`, variables: { v: { default: value } } }],
          security: [Object.fromEntries([[scheme || "s", []]])],
          paths: {
            [`/${path.replaceAll(/[{}]/g, "")}`]: {
              post: {
                operationId: id,
                tags: [tag],
                summary: text,
                description: text,
                parameters: [
                  {
                    name: parameter || "q",
                    in: "query",
                    style: "deepObject",
                    description: text,
                    schema: { enum: [value] },
                  },
                  { name: header || "h", in: "header", description: text, schema: { const: value } },
                ],
                requestBody: {
                  description: text,
                  content: { [mediaType]: { schema: { type: "object", properties } } },
                },
                responses: {
                  "200": {
                    description: text,
                    headers: Object.fromEntries([[header || "h", { description: text, schema: { type: "string" } }]]),
                    content: { "application/json": { schema: { $ref: reference } } },
                  },
                },
              },
            },
          },
          components: {
            schemas: Object.fromEntries([
              [
                name,
                {
                  type: "object",
                  title,
                  description: text,
                  properties: Object.fromEntries([[property || "p", { const: value }]]),
                  patternProperties: Object.fromEntries([[pattern, { const: value }]]),
                  required: [property],
                },
              ],
            ]),
            securitySchemes: Object.fromEntries([
              [scheme || "s", { type: "apiKey", in: "header", name: header || "h" }],
            ]),
          },
        };
        const { files } = await generated(document, { command: `npx codegen ${text}` });
        for (const [file, code] of files) expect(statementsOf(file, code)).toEqual([]);
      }),
      { numRuns: Number(process.env.FAST_CHECK_RUNS ?? 60) },
    );
  });

  /** What is in a file and is neither a declaration, nor data, nor a call that every file has. */
  function statementsOf(file: string, code: string): string[] {
    const source = ts.createSourceFile(file, code, ts.ScriptTarget.ES2022, true);
    const found: string[] = [];
    const errors = (source as unknown as { readonly parseDiagnostics: readonly ts.Diagnostic[] }).parseDiagnostics;
    for (const { messageText } of errors) found.push(`${file}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`);
    const known = new Set(
      "createValidator createJsonValidator createJsonCheck createMethods createContractClient".split(" "),
    );
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && !known.has(node.expression.getText())) found.push(node.getText());
      if (ts.isTemplateExpression(node) || ts.isTaggedTemplateExpression(node) || ts.isNewExpression(node))
        found.push(node.getText());
      if (ts.isBinaryExpression(node) || ts.isExpressionStatement(node)) found.push(node.getText());
      if (ts.isIdentifier(node) && node.text === "globalThis") found.push(node.getText());
      // Quoted or not, it would set the prototype.
      if (
        ts.isPropertyAssignment(node) &&
        !ts.isComputedPropertyName(node.name) &&
        node.name.getText().includes("__proto__") &&
        /^["']?__proto__["']?$/.test(node.name.getText())
      )
        found.push(node.getText());
      ts.forEachChild(node, visit);
    };
    visit(source);
    return found;
  }
});

it("an operation with a JSON body has a validator, by the rules that its schema states for requests", async () => {
  const { files, withoutValidator } = await generated({
    openapi: "3.0.3",
    info,
    paths: {
      "/pets": {
        post: {
          ...done,
          operationId: "createPet",
          requestBody: {
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/Pet" } } },
          },
        },
        put: { ...done, requestBody: { content: { "text/csv": { schema: { type: "string" } } } } },
        patch: { ...done, requestBody: { content: { "application/merge-patch+json": { schema: {} } } } },
      },
      "/photos": {
        post: {
          ...done,
          operationId: "createPhoto",
          requestBody: {
            content: {
              "multipart/form-data": {
                schema: {
                  type: "object",
                  required: ["file", "id"],
                  properties: {
                    file: { type: "string", format: "binary" },
                    more: { type: "array", maxItems: 2, items: { type: "string", format: "binary" } },
                    id: { type: "string", readOnly: true },
                    tags: { type: "array", items: { type: "string" } },
                    note: { type: "string", pattern: "[" },
                  },
                },
              },
            },
          },
        },
      },
    },
    components: {
      schemas: {
        Pet: {
          type: "object",
          description: "A pet.",
          required: ["id", "name"],
          properties: {
            id: { type: "string", readOnly: true },
            name: { type: "string", minLength: 1, example: "Ada", pattern: "(?<" },
            age: { type: "integer", minimum: 0, exclusiveMinimum: true, nullable: true },
            children: { type: "array", items: { $ref: "#/components/schemas/Pet" } },
            owner: {
              oneOf: [{ type: "string" }, { type: "object", additionalProperties: false }],
              discriminator: { propertyName: "x" },
            },
          },
          not: { required: ["ghost"] },
        },
      },
    },
  });
  expect(withoutValidator).toEqual([
    "PUT /pets has no validator: its body is text/csv, and not JSON or a form.",
    "PATCH /pets has no validator: its schema does not say what is allowed.",
  ]);
  expect(files.get("validation.ts")!.replace(/api-\d+/, "api")).toMatchSnapshot();
});

it("compiles strictly, with the runtime and the validator that it names", async () => {
  const packages = fileURLToPath(new URL("../../../", import.meta.url));
  const { files } = await generated({
    openapi: "3.1.0",
    info,
    security: [{ key: [] }],
    paths: {
      "/pets/{id}": {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        get: {
          operationId: "getPet",
          responses: {
            "200": {
              description: "A pet.",
              content: { "application/json": { schema: { $ref: "#/components/schemas/pet-1" } } },
            },
          },
        },
      },
      "/pets": {
        post: {
          operationId: "createPet",
          requestBody: {
            required: true,
            content: {
              "multipart/form-data": {
                schema: {
                  type: "object",
                  required: ["image"],
                  properties: { image: { type: "string", format: "binary" }, name: { type: "string", maxLength: 20 } },
                },
              },
            },
          },
          responses: { "204": { description: "Done." } },
        },
      },
    },
    components: {
      schemas: { "pet-1": { type: "object", required: ["name"], properties: { name: { type: "string" } } } },
      securitySchemes: { key: { type: "apiKey", in: "header", name: "X-Key" } },
    },
  });
  const root = join(folder, "compiled");
  for (const name of ["client", "validation"]) {
    mkdirSync(join(root, "node_modules/@image-variations"), { recursive: true });
    symlinkSync(join(packages, name), join(root, "node_modules/@image-variations", name), "junction");
  }
  for (const [file, text] of files) {
    mkdirSync(dirname(join(root, "api", file)), { recursive: true });
    writeFileSync(join(root, "api", file), text);
  }
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(root, "use.ts"),
    `import { createApi, validateCreatePet } from "./api/index.js";
const api = createApi({ apiKey: "key" });
const name: string = (await api.getPet({ params: { path: { id: 1 } } })).name;
const nothing: undefined = await api.createPet({ image: new Blob(["x"]), name });
// @ts-expect-error The image is required.
await api.createPet({ name });
// @ts-expect-error The path parameter is a number.
await api.getPet({ params: { path: { id: "1" } } });
export default { nothing, result: await validateCreatePet({ name }) };
`,
  );
  const options =
    "--strict --noEmit --exactOptionalPropertyTypes --noUnusedLocals --target es2022 --module nodenext --lib es2023,dom".split(
      " ",
    );
  const compiler = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  const { stdout } = spawnSync(process.execPath, [compiler, ...options, "use.ts"], { cwd: root, encoding: "utf8" });
  expect(stdout).toBe("");
});

it("an operation added to the contract by an overlay gets its method, types and validator, and is called", async () => {
  writeFileSync(
    join(folder, "edits.overlay.yaml"),
    `overlay: 1.0.0
info: { title: With edits, version: 1.0.0 }
actions:
  - target: $.paths
    update:
      /images/edits:
        post:
          operationId: createImageEdit
          x-client-method: images.edit
          requestBody:
            required: true
            content:
              multipart/form-data:
                schema:
                  type: object
                  required: [image, prompt]
                  properties:
                    image: { type: string, format: binary }
                    prompt: { type: string, maxLength: 1000 }
          responses:
            "200":
              description: Images.
              content:
                application/json:
                  schema:
                    $ref: "#/paths/~1images~1variations/post/responses/200/content/application~1json/schema"
`,
  );
  const { files } = await generateApi({
    base: "image-variations",
    document: "edits.overlay.yaml",
    folder,
    importExtension: ".ts",
  });
  const root = join(folder, "edits");
  mkdirSync(join(root, "node_modules/@image-variations"), { recursive: true });
  for (const name of ["client", "validation"]) {
    const target = fileURLToPath(new URL(`../../../${name}`, import.meta.url));
    symlinkSync(target, join(root, "node_modules/@image-variations", name), "junction");
  }
  for (const [file, text] of files) writeFileSync(join(root, file), text);
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(root, "use.ts"),
    `import { createApi, validateCreateImageEdit } from "./index.ts";
const client = createApi({
  apiKey: "key",
  fetch: async (url, init) => {
    const request = new Request(url, init);
    const form = await request.formData();
    return Response.json({ created: 1, data: [{ url: request.url + "?prompt=" + form.get("prompt") }] });
  },
});
const image = new Blob(["bytes"], { type: "image/png" });
const { data } = await client.images.edit({ image, prompt: "blue" });
const { issues } = await validateCreateImageEdit({ prompt: "x".repeat(1001), image });
console.log(data?.[0]?.url, issues.some(({ code }) => code === "text_too_long"), typeof client.images.createVariation);
`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, ["use.ts"], { cwd: root, encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({
    stdout: "https://api.openai.com/v1/images/edits?prompt=blue true function\n",
    stderr: "",
  });
});

it("the files in base64 and the events of a response have methods of their own, with types", async () => {
  const image = {
    type: "object",
    properties: { b64_json: { type: "string", contentEncoding: "base64" }, note: { type: "string" } },
  };
  const images = {
    type: "object",
    required: ["data"],
    properties: { created: { type: "integer" }, data: { type: "array", items: image } },
  };
  const { files } = await generated(
    {
      openapi: "3.1.0",
      info: { title: "Images", version: "1" },
      servers: [{ url: "https://images.example.com" }],
      paths: {
        "/images": {
          post: {
            operationId: "make",
            requestBody: {
              required: true,
              content: {
                "application/json": { schema: { type: "object", properties: { prompt: { type: "string" } } } },
              },
            },
            responses: {
              "200": {
                description: "Images, or one event for each.",
                content: {
                  "application/json": { schema: images },
                  "text/event-stream": {
                    schema: { type: "object", required: ["b64_json"], properties: { b64_json: { type: "string" } } },
                  },
                },
              },
            },
          },
        },
        "/log": {
          get: {
            operationId: "log",
            responses: {
              "200": { description: "Lines.", content: { "text/event-stream": { schema: { type: "string" } } } },
            },
          },
        },
      },
    },
    { importExtension: ".ts" },
  );
  const root = join(folder, "streamed");
  mkdirSync(join(root, "node_modules/@image-variations"), { recursive: true });
  for (const name of ["client", "validation"]) {
    const target = fileURLToPath(new URL(`../../../${name}`, import.meta.url));
    symlinkSync(target, join(root, "node_modules/@image-variations", name), "junction");
  }
  for (const [file, text] of files) writeFileSync(join(root, file), text);
  writeFileSync(join(root, "package.json"), '{ "type": "module" }');
  writeFileSync(
    join(root, "use.ts"),
    `import { createApi, createEvents, createStreams } from "./index.ts";
const respond = (body: BodyInit, type: string) => ({
  fetch: async () => new Response(body, { headers: { "content-type": type } }),
});
const json = respond(JSON.stringify({ created: 1, data: [{ b64_json: btoa("one"), note: "first" }] }), "application/json");
const events = respond('data: {"b64_json":"two"}\\n\\ndata: [DONE]\\n\\n', "text/event-stream");
const log: string[] = [];
const { data } = await createApi(json).make({ prompt: "An otter" });
log.push(String(data[0]?.note));
const stream = createStreams(json).make({ prompt: "An otter" });
for await (const image of stream) {
  const bytes = await image.bytes();
  const note: string | undefined = image.note; // it comes after the bytes
  log.push(new TextDecoder().decode(bytes) + " " + note);
}
const { created }: { created?: number } = await stream.finalResponse();
log.push(String(created));
for await (const event of createEvents(events).make({ prompt: "An otter" })) {
  const b64: string = event.json().b64_json;
  log.push(b64);
}
for await (const event of createEvents(events).log()) log.push(event.type);
// @ts-expect-error Images are not events.
createStreams(json).log;
console.log(log.join(", "));
`,
  );
  const options =
    "--strict --noEmit --exactOptionalPropertyTypes --noUnusedLocals --target es2022 --module nodenext --lib es2023,dom --allowImportingTsExtensions".split(
      " ",
    );
  const compiler = fileURLToPath(import.meta.resolve("typescript/bin/tsc"));
  const compiled = spawnSync(process.execPath, [compiler, ...options, "use.ts"], { cwd: root, encoding: "utf8" });
  expect(compiled.stdout).toBe("");
  const { stdout, stderr } = spawnSync(process.execPath, ["use.ts"], { cwd: root, encoding: "utf8" });
  expect({ stdout, stderr }).toEqual({ stdout: "first, one first, 1, two, message\n", stderr: "" });
});
