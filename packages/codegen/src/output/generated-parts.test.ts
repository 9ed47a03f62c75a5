import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { generateApi, SpecError, writeApi, type GenerateApiOptions, type GeneratedApi } from "../index.ts";

const folder = mkdtempSync(join(tmpdir(), "generated-parts-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const info = { title: "Pets", version: "1.0.0" };
const done = { responses: { "204": { description: "Done." } } };

let count = 0;
function write(content: object | string, extension = "yaml"): string {
  const name = `document-${count++}.${extension}`;
  writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  return name;
}

async function generated(document: object | string, options: Partial<GenerateApiOptions> = {}): Promise<GeneratedApi> {
  return await generateApi({ document: write(document), folder, ...options });
}

/** The contract of one operation, as text without line breaks. */
async function contractOf(operation: object, rest: object = {}): Promise<string> {
  const { files } = await generated({
    openapi: "3.1.0",
    info,
    paths: { "/pets": { post: { operationId: "post", ...done, ...operation } } },
    ...rest,
  });
  return files.get("contract.ts")!.replaceAll(/\s+/g, " ");
}

describe("the contract says how a query parameter is written", () => {
  const query = (more: object): object => ({
    parameters: [{ name: "q", in: "query", schema: { type: "array" }, ...more }],
  });

  it.each([
    [{ style: "deepObject" }, "deepObject"],
    [{ style: "spaceDelimited" }, "space"],
    [{ style: "pipeDelimited" }, "pipe"],
    [{ explode: false }, "comma"],
    [{ style: "form", explode: false, schema: { $ref: "#/components/schemas/List" } }, "comma"],
  ])("%o: %s", async (more, style) => {
    const schemas = { List: { type: "array" }, Text: { type: "string" } };
    expect(await contractOf(query(more), { components: { schemas } })).toContain(`queryStyles: { q: "${style}", }`);
  });

  it.each([
    {},
    { style: "form", explode: true },
    { explode: false, schema: { type: "string" } },
    { explode: false, schema: { $ref: "#/components/schemas/Text" } },
    { in: "header", explode: false },
  ])("not if it is the usual way, or the parameter is text or no query parameter: %o", async (more) => {
    const schemas = { Text: { type: "string" } };
    expect(await contractOf(query(more), { components: { schemas } })).not.toContain("queryStyles");
  });

  it("also of parameters of the path, and of parameters that are references", async () => {
    const { files } = await generated({
      openapi: "3.1.0",
      info,
      paths: {
        "/pets": {
          parameters: [{ name: "a", in: "query", style: "pipeDelimited", schema: { type: "array" } }],
          get: { ...done, operationId: "get", parameters: [{ $ref: "#/components/parameters/B" }] },
        },
      },
      components: { parameters: { B: { name: "b", in: "query", style: "deepObject", schema: { type: "object" } } } },
    });
    const contract = files.get("contract.ts")!.replaceAll(/\s+/g, " ");
    expect(contract).toContain('queryStyles: { a: "pipe", b: "deepObject", }');
  });
});

describe("the contract says with what an operation is authenticated", () => {
  const securitySchemes = {
    header: { type: "apiKey", in: "header", name: "X-Key" },
    query: { type: "apiKey", in: "query", name: "key" },
    basic: { type: "http", scheme: "basic" },
    bearer: { type: "http", scheme: "Bearer" },
    oauth: { type: "oauth2", flows: {} },
    openId: { type: "openIdConnect", openIdConnectUrl: "https://example.com" },
    referred: { $ref: "#/components/securitySchemes/header" },
    odd: { type: "mutualTLS" },
  };
  const contractWith = (...names: readonly string[]): Promise<string> =>
    contractOf({ security: names.map((name) => ({ [name]: [] })) }, { components: { securitySchemes } });

  it.each([
    ["header", 'key: { in: "header", name: "X-Key", }'],
    ["query", 'key: { in: "query", name: "key", }'],
    ["basic", 'key: { in: "header", name: "authorization", prefix: "Basic ", }'],
    ["referred", 'key: { in: "header", name: "X-Key", }'],
  ])("a key: %s", async (name, text) => {
    const contract = await contractWith(name);
    expect(contract).toContain(text);
    expect(contract).not.toContain(`security: ["${name}"`);
  });

  it.each(["bearer", "oauth", "openId"])("a bearer token: %s", async (name) => {
    const contract = await contractWith(name);
    expect(contract).toContain(`security: ["${name}"]`);
    expect(contract).not.toContain("key: {");
  });

  it("a bearer token before a key, and the first key of several", async () => {
    expect(await contractWith("header", "bearer")).not.toContain("key: {");
    expect(await contractWith("odd", "query", "header")).toContain('key: { in: "query", name: "key", }');
    expect(await contractWith("odd", "nowhere")).not.toContain("key: {");
  });
});

describe("a document that can't be generated from is rejected", () => {
  const good = {
    openapi: "3.1.0",
    info,
    paths: { "/pets": { get: { ...done, operationId: "list", tags: ["pets"] } } },
  };

  it.each<[what: string, options: () => Partial<GenerateApiOptions> & { document?: string }, said: string | RegExp]>([
    ["if none is named", () => ({}), "Name a document, or a base: codegen openapi.yaml --out src/api."],
    [
      "if its name is empty",
      () => ({ document: "" }),
      "Name a document, or a base: codegen openapi.yaml --out src/api.",
    ],
    ["if the base is unknown", () => ({ base: "otters" }), '--base is image-variations, got "otters".'],
    [
      "if an overlay is another document",
      () => ({ document: write(good), overlays: [write(good)] }),
      /^document-\d+\.yaml: expected an overlay, which begins with overlay: 1\.0\.0 or 1\.1\.0\.$/,
    ],
    [
      "if an overlay is missing",
      () => ({ document: write(good), overlays: ["lost-overlay"] }),
      /^lost-overlay can't be read: there is no such file\.$/,
    ],
    [
      "if an overlay is a folder",
      () => {
        mkdirSync(join(folder, "overlays"), { recursive: true });
        return { document: write(good), overlays: ["overlays"] };
      },
      /^overlays can't be read: \S+( is a folder)?\.$/,
    ],
    [
      "if it has no operations",
      () => ({ document: write({ ...good, paths: {} }) }),
      /^document-\d+\.yaml:\d+:\d+: the document has no operations, so there is nothing to generate\.$/,
    ],
    [
      "if an operation is asked for that it does not have",
      () => ({ document: write(good), operations: ["LIST"] }),
      /^document-\d+\.yaml has no operation "LIST"\. Did you mean "list"\?$/,
    ],
    [
      "if the base is misspelt",
      () => ({ base: "image-variation" }),
      '--base is image-variations, got "image-variation". Did you mean image-variations?',
    ],
    [
      "if a tag is asked for that is like none",
      () => ({ document: write(good), tags: ["otters and seals"] }),
      /^document-\d+\.yaml has no tag "otters and seals"\.$/,
    ],
  ])("%s", async (_, optionsOf, said) => {
    const error = await generateApi({ folder, ...optionsOf() }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SpecError);
    expect(() => {
      throw error;
    }).toThrow(said);
  });

  it("if an overlay takes away what is referred to, with the place in the result", async () => {
    const document = write({
      ...good,
      paths: {
        "/pets": { get: { operationId: "list", responses: { "200": { $ref: "#/components/responses/Pets" } } } },
      },
      components: { responses: { Pets: { description: "Pets." } } },
    });
    const overlay = write("overlay: 1.0.0\ninfo: {}\nactions:\n  - target: $.components.responses\n    remove: true\n");
    await expect(generateApi({ document, overlays: [overlay], folder })).rejects.toThrow(
      /^document-\d+\.yaml and document-\d+\.yaml at paths\.\/pets\.get\.responses\.200\.\$ref: \$ref "#\/components\/responses\/Pets" leads nowhere\.$/,
    );
  });

  it("if an overlay makes a document of another version of it", async () => {
    const overlay = write('overlay: 1.0.0\ninfo: {}\nactions:\n  - target: $\n    update: { openapi: "2.0" }\n');
    await expect(generateApi({ document: write(good), overlays: [overlay], folder })).rejects.toThrow(
      /^document-\d+\.yaml and document-\d+\.yaml at openapi: expected an OpenAPI 3\.0 or 3\.1 document, got openapi: "2\.0"\.$/,
    );
  });

  it("if it has no operations, with the mistakes that may be the reason, of which fifty are told", async () => {
    const misspelt = { ...good, paths: { "/pets": { gets: {} } } };
    await expect(generated(misspelt)).rejects.toThrow(
      /:\d+:\d+: the document has no operations, so there is nothing to generate\.\n.*: \/pets has a key "gets" .* Did you mean get\?$/,
    );
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`key${index}`, {}]));
    const { warnings } = await generated({ ...good, ...many });
    expect(warnings).toHaveLength(50);
  });
});

describe("a mistake that is passed over is told", () => {
  const warningsOf = async (schema: object): Promise<readonly string[]> => {
    const paths = { "/pets": { get: { ...done, operationId: "list" } } };
    return (await generated({ openapi: "3.1.0", info, paths, components: { schemas: { A: schema } } })).warnings;
  };

  it.each([
    [99, []],
    [100, [expect.stringContaining("never warns: warningFromBytes is 100, and exclusiveMaximumBytes 100.")]],
    [101, [expect.stringContaining("never warns: warningFromBytes is 101, and exclusiveMaximumBytes 100.")]],
  ])("of an image that is warned of from %i bytes on, and rejected from 100", async (warningFromBytes, expected) => {
    const limits = { mediaTypes: ["image/png"], square: true, exclusiveMaximumBytes: 100, warningFromBytes };
    expect(await warningsOf({ type: "string", format: "binary", "x-image-limits": limits })).toEqual(expected);
  });

  it.each([
    [{ type: "string", default: "b" }, 0],
    [{ type: "string", pattern: "^a", default: "a" }, 0],
    [{ type: "string", pattern: "^a", default: "b" }, 1],
    [{ type: "integer", minimum: 1, maximum: 3, default: 3 }, 0],
    [{ type: "integer", minimum: 1, maximum: 3, default: 1 }, 0],
    [{ type: "integer", minimum: 1, maximum: 3, default: 4 }, 1],
    [{ type: "integer", minimum: 1, maximum: 3, default: 0 }, 1],
    [{ type: "integer", default: 1.5 }, 1],
    [{ type: "string", enum: ["a", "b"], default: "c" }, 1],
    [{ type: "boolean", default: "true" }, 1],
  ])("of a default: %o", async (schema, expected) => {
    const warnings = await warningsOf(schema);
    expect(warnings).toHaveLength(expected);
    for (const warning of warnings) expect(warning).toMatch(/default/);
  });
});

describe("what is generated", () => {
  const document = {
    openapi: "3.0.3",
    info,
    paths: {
      "/pets": { get: { ...done, tags: ["pets"] }, post: { ...done, tags: ["pets", "new"] } },
      "/homes": { get: { ...done, operationId: "homes", tags: "homes" } },
      "/a,b": { get: { ...done, operationId: 5 } },
    },
  };

  it("names in its first line where it is from, and the command", async () => {
    const name = write(document);
    const { files, sources } = await generateApi({ document: name, folder, command: "npm run generate" });
    for (const [file, text] of files) {
      if (file === "index.ts") continue;
      expect(text.split("\n")[0]).toBe(
        `// Generated from ${name}. Do not edit: change the spec and run \`npm run generate\`.`,
      );
    }
    expect(sources).toEqual([join(folder, name)]);
  });

  it("tells of each file before it is read, and lists those on the disk and not what is on the web", async () => {
    const server = createServer((_, response) => response.end('{ "type": "string" }')).listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/name.json`;
    const name = write({
      ...document,
      components: { schemas: { Name: { $ref: address }, Other: { $ref: "other.json" } } },
    });
    writeFileSync(join(folder, "other.json"), '{ "type": "integer" }');
    const seen: string[] = [];
    const onRead = (path: string): void => void seen.push(path);
    const { files, sources } = await generateApi({ document: name, folder, remote: true, onRead });
    await expect(generateApi({ document: name, folder })).rejects.toThrow("leads to the web, and only files are read");
    server.close();
    expect(files.get("schema.ts")).toContain('export type Name = Schema<"Name">;');
    expect(sources.toSorted()).toEqual([join(folder, name), join(folder, "other.json")].toSorted());
    expect(seen.toSorted()).toEqual(sources.toSorted());
    await expect(generateApi({ document: "lost.yaml", folder, onRead })).rejects.toThrow("there is no such file");
    expect(seen.at(-1)).toBe(join(folder, "lost.yaml"));
  });

  it("is of a base that comes with the package, as it is or with overlays", async () => {
    const overlay = write("overlay: 1.0.0\ninfo: {}\nactions:\n  - target: $.info\n    update: { title: Mine }\n");
    const first = async (options: Partial<GenerateApiOptions>): Promise<string> =>
      (await generateApi({ base: "image-variations", folder, ...options })).files.get("client.ts")!.split("\n")[0]!;
    expect(await first({})).toContain("Generated from @image-variations/spec. ");
    expect(await first({ document: overlay })).toContain(`Generated from @image-variations/spec and ${overlay}. `);
    expect(await first({ overlays: [overlay] })).toContain(`Generated from @image-variations/spec and ${overlay}. `);
  });

  it("lists every file that was read, with overlays", async () => {
    const overlay = write("overlay: 1.0.0\ninfo: {}\nactions:\n  - target: $.info\n    update: { title: Mine }\n");
    const name = write(document);
    const { files, sources } = await generateApi({ document: name, overlays: [overlay], folder });
    expect(sources.toSorted()).toEqual([name, overlay].map((file) => join(folder, file)).toSorted());
    expect(files.get("schema.ts")).toMatch(new RegExp(`^// Generated from ${name} and ${overlay}\\.`));
  });

  it.each([
    [{ tags: ["new"] }, ["POST /pets"]],
    [{ tags: ["pets"] }, ["GET /pets", "POST /pets"]],
    [{ operations: ["homes"], tags: ["new"] }, ["POST /pets", "GET /homes"]],
    [{ operations: ["GET /pets", "homes"] }, ["GET /pets", "GET /homes"]],
    [{ operations: [], tags: [] }, ["GET /pets", "POST /pets", "GET /homes", "GET /a,b"]],
    [{ operations: ["GET /pets, homes,"] }, ["GET /pets", "GET /homes"]],
    [{ tags: ["new,pets"] }, ["GET /pets", "POST /pets"]],
    [{ operations: ["GET /a,b", "homes"] }, ["GET /homes", "GET /a,b"]],
  ])("is of the operations that are asked for: %o", async (options, operations) => {
    const { files } = await generated(document, options);
    const contract = files.get("contract.ts")!;
    const all = ["GET /pets", "POST /pets", "GET /homes", "GET /a,b"];
    expect(all.filter((name) => contract.includes(`"${name}": {`))).toEqual(
      all.filter((name) => operations.includes(name)),
    );
  });

  it("imports its own files as asked for", async () => {
    const { files } = await generated(document, { importExtension: ".ts" });
    expect(files.get("client.ts")).toContain('from "./contract.ts"');
    expect(files.get("index.ts")).toBe(
      'export * from "./client.ts";\nexport * from "./contract.ts";\nexport type * from "./schema.ts";\n',
    );
  });

  it("is removed where it is no longer made", async () => {
    const body = { requestBody: { content: { "application/json": { schema: { type: "string" } } } } };
    const checked = { ...document, paths: { "/pets": { post: { ...done, ...body } } } };
    const options = { folder, out: "shrinking" };
    expect((await writeApi({ ...options, document: write(checked) })).changed).toContain("validation.ts");
    expect((await writeApi({ ...options, document: write(document) })).changed).toContain("validation.ts");
    expect(existsSync(join(folder, "shrinking/validation.ts"))).toBe(false);
  });

  it("names npx if no command is named, and is of the current folder if none is named", async () => {
    const name = write(document);
    const { files, sources } = await generateApi({ document: join(folder, name) });
    expect(files.get("client.ts")).toContain("run `npx @image-variations/codegen`.");
    expect(sources).toEqual([join(folder, name)]);
  });

  it("is written only where it differs, and not at all in a dry run", async () => {
    const options = { document: write(document), folder, out: "out" };
    const all = ["client.ts", "contract.ts", "index.ts", "schema.ts"];
    expect((await writeApi({ ...options, dryRun: true })).changed).toEqual(all);
    expect((await writeApi({ ...options, dryRun: true })).changed).toEqual(all);
    expect((await writeApi(options)).changed).toEqual(all);
    const manifest = join(folder, "out/.codegen.json");
    const before = new Date(1_000_000_000_000);
    utimesSync(manifest, before, before);
    expect((await writeApi(options)).changed).toEqual([]);
    expect(statSync(manifest).mtimeMs).toBe(before.getTime());
    writeFileSync(join(folder, "out/client.ts"), "// mine\n");
    await expect(writeApi(options)).rejects.toThrow(/client\.ts was changed since codegen wrote it/);
    expect((await writeApi({ ...options, force: true })).changed).toEqual(["client.ts"]);
  });
});
