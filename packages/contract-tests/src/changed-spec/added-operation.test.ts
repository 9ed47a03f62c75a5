// An operation is added to the spec as CONTRIBUTING.md shows it, and everything follows by generation alone: method,
// types, validator, mock, spec diff and docs.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as client from "@image-variations/client";
import { startPrism, type Prism } from "@image-variations/mock";
import { diffSpecs, parseSource } from "@image-variations/spec-diff";
import type * as validation from "@image-variations/validation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { parseMultipart } from "../wire/parse-multipart.ts";
import { sampleImage } from "../wire/sample-image.ts";
import { compilePrograms } from "./compile-programs.ts";
import { copyOfSpec, type EditableSpec } from "./editable-spec.ts";
import { writeChangedPackages } from "./write-changed-packages.ts";

type EditBody = { readonly image: readonly Blob[]; readonly prompt: string };
type Client = Omit<typeof client, "ImageVariations"> & {
  readonly ImageVariations: new (options: client.ClientOptions) => client.ImageVariations & {
    readonly images: {
      edit(body: EditBody, options?: client.RequestOptions): client.APIPromise<client.ImagesResponse>;
    };
  };
};

const contributing = readFileSync(new URL("../../../../CONTRIBUTING.md", import.meta.url), "utf8");
const added = parse(/^```yaml\n([^]*?)^```$/m.exec(contributing.split("\n## Add an operation\n")[1]!)![1]!) as Pick<
  EditableSpec,
  "paths" | "components"
>;

const preamble = `
  import { createClient, ImageVariations } from "../edited/packages/client/src/index.ts";
  import type { ImageEditParams, ImagesResponse } from "../edited/packages/client/src/generated/schema.ts";
  declare const client: ImageVariations;
  declare const image: Blob;
`;
const programs = {
  compiles: `
    const params: ImageEditParams = { image: [image, image], prompt: "A hat" };
    export const edited: ImagesResponse = await client.images.edit(params, { timeout: 1_000 });
    export const { data, response, request_id } = await client.images.edit(params).withResponse();
    export const group: ImageVariations["images"] = new ImageVariations.Images(client);
    export const also = (await createClient().POST("/images/edits", { body: params })).data?.created;
    export const before: ImagesResponse = await client.images.createVariation({ image });`,
  "lacks the prompt": `void client.images.edit({ image: [image] });`,
  "has another parameter": `void client.images.edit({ image: [image], prompt: "A hat", n: 2 });`,
  "has text for a number": `void client.images.edit({ image: [image], prompt: "A hat" }, { timeout: "1" });`,
};

let folder: string;
let before: EditableSpec;
let edited: EditableSpec;
let errors: ReadonlyMap<string, readonly string[]>;
let mock: Prism;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "changed-spec-operation-"));
  before = copyOfSpec();
  edited = copyOfSpec();
  Object.assign(edited.paths, added.paths);
  Object.assign(edited.components.schemas, added.components.schemas);
  const spec = join(folder, "edited.json");
  writeFileSync(spec, JSON.stringify(edited));
  await writeChangedPackages(join(folder, "edited"), edited);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  mkdirSync(join(folder, "programs"));
  for (const [name, code] of Object.entries(programs)) write(name, preamble + code);
  [errors, mock] = await Promise.all([compilePrograms(folder), startPrism({ spec })]);
  // On a busy machine the compiler takes its time.
}, 600_000);
afterAll(async () => {
  await mock?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function fileOf(name: string): string {
  return `programs/${name.replaceAll(" ", "-")}.ts`;
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, fileOf(name)), text);
}

async function load<Module>(place: string): Promise<Module> {
  return import(
    /* @vite-ignore */ pathToFileURL(join(folder, "edited", place, "src/index.ts")).href
  ) as Promise<Module>;
}

const image = (): File => new File([sampleImage], "otter.png", { type: "image/png" });

describe("an operation that is added as CONTRIBUTING.md shows", () => {
  test("has a method with types: what fits compiles, and the packages as they are", () => {
    expect([...errors].filter(([path]) => !path.startsWith("programs/"))).toEqual([]);
    expect(errors.get(fileOf("compiles")) ?? []).toEqual([]);
  });

  test.each([
    ["lacks the prompt", /Property 'prompt' is missing/],
    ["has another parameter", /'n' does not exist/],
    ["has text for a number", /not assignable to type 'number/],
  ])("has a method with types: what %s does not compile", (name, message) => {
    expect(errors.get(fileOf(name))).toEqual([expect.stringMatching(message)]);
  });

  test("has docs in the editor", () => {
    const methods = readFileSync(join(folder, "edited/packages/client/src/generated/methods.ts"), "utf8");
    expect(methods).toMatch(
      /\* Edits images as a prompt says\.\n[^]*?client\.images\.edit\(\{ image, prompt \}\)[^]*?\n {2}edit\(/,
    );
  });

  test("is called: one part for each image and for the prompt, and the response is the result", async () => {
    const { ImageVariations } = await load<Client>("packages/client");
    const sent: unknown[] = [];
    const openai = new ImageVariations({
      apiKey: "key",
      baseURL: "https://images.example/v1",
      fetch: async (url, init) => {
        const request = new Request(url, init);
        const { method, headers } = request;
        const body = Buffer.from(await request.arrayBuffer());
        const parts = await parseMultipart({ method, url: request.url, headers: Object.fromEntries(headers), body });
        sent.push({ method, url: request.url, key: headers.get("authorization"), parts });
        return Response.json({ created: 1, data: [{ url: "https://images.example/1.png" }] });
      },
    });
    expect(await openai.images.edit({ image: [image(), image()], prompt: "A hat" })).toEqual({
      created: 1,
      data: [{ url: "https://images.example/1.png" }],
    });
    const part = { name: "image", fileName: "otter.png", mediaType: "image/png", bytes: Buffer.from(sampleImage) };
    expect(sent).toEqual([
      {
        method: "POST",
        url: "https://images.example/v1/images/edits",
        key: "Bearer key",
        parts: [part, part, { name: "prompt", text: "A hat" }],
      },
    ]);
  });

  test.each([
    { what: "a page with status 200", respond: () => new Response("<html>"), error: "UnexpectedResponseError" },
    { what: "a success without images", respond: () => Response.json({}), error: "UnexpectedResponseError" },
    {
      what: "no access",
      respond: () => Response.json({ error: { message: "No." } }, { status: 403 }),
      error: "PermissionDeniedError",
    },
  ] as const)("is called with the checks of every other call: $what", async ({ respond, error }) => {
    const { ImageVariations, ...module } = await load<Client>("packages/client");
    const openai = new ImageVariations({ apiKey: "key", fetch: () => Promise.resolve(respond()) });
    await expect(openai.images.edit({ image: [image()], prompt: "A hat" })).rejects.toBeInstanceOf(module[error]);
  });

  test("leaves the options `validate` and `checkResponse` to the operation that they are about", async () => {
    const { ImageVariations } = await load<Client>("packages/client");
    const reject = {
      "~standard": { version: 1, vendor: "test", validate: () => ({ issues: [{ message: "no" }] }) },
    } as const;
    const openai = new ImageVariations({
      apiKey: "key",
      validate: reject,
      checkResponse: reject,
      fetch: () => Promise.resolve(Response.json({ created: 1, data: [] })),
    });
    expect(await openai.images.edit({ image: [image()], prompt: "A hat" })).toEqual({ created: 1, data: [] });
    await expect(openai.images.createVariation({ image: image() })).rejects.toThrow("no");
  });

  test("has a validator", async () => {
    const { createValidator, inspectPng, parameterTables } = await load<typeof validation>("packages/validation");
    const tables = parameterTables as Readonly<Record<string, Parameters<typeof createValidator>[0]>>;
    const validate = createValidator(tables["createImageEdit"]!, { inspect: inspectPng });
    const issuesOf = async (body: object): Promise<string[]> =>
      (await validate(body)).issues.map(({ message }) => message);
    expect(await issuesOf({ image: [sampleImage], prompt: "A hat" })).toEqual([]);
    expect(await issuesOf({ image: [sampleImage] })).toEqual([expect.stringMatching(/^prompt\b/)]);
    expect(await issuesOf({ image: [], prompt: "A hat" })).toEqual([expect.stringMatching(/^image\b/)]);
    expect(await issuesOf({ image: [sampleImage], prompt: "x".repeat(1_001) })).toEqual([
      expect.stringMatching(/^prompt\b.*1,?000/),
    ]);
  });

  test("gets a response of the mock", async () => {
    const { ImageVariations, BadRequestError } = await load<Client>("packages/client");
    const openai = new ImageVariations({ apiKey: "key", baseURL: mock.url, maxRetries: 0 });
    const body = { image: [image()], prompt: "A hat" };
    expect(await openai.images.edit(body)).toMatchObject({ created: expect.any(Number), data: expect.any(Array) });
    await expect(openai.images.edit(body, { headers: { prefer: "code=400" } })).rejects.toBeInstanceOf(BadRequestError);
  });

  test("is reported by the spec diff, as an addition that breaks no caller", async () => {
    const diff = await diffSpecs(
      parseSource(JSON.stringify(before), "before.json", "base"),
      parseSource(JSON.stringify(edited), "edited.json", "head"),
    );
    expect(diff.bump).toBe("minor");
    expect(diff.changes).toEqual([
      expect.objectContaining({ level: "minor", rule: "path-added", operations: ["POST /images/edits"] }),
    ]);
  });

  test("is in the page of the client's methods, with its parameters", () => {
    const page = readFileSync(join(folder, "edited/packages/client/docs/methods.md"), "utf8");
    const [, section] = page.split("## `client.images.edit`");
    expect(section).toContain("Sends `POST /images/edits`, a body of `multipart/form-data`.");
    expect(section).toMatch(/\| `prompt`, required +\| text, at most 1000 characters +\|/);
    expect(section).toMatch(
      /\| `image`, required +\| list, 1 to 16 of file: image\/png, square, fewer than 4,194,304 bytes +\|/,
    );
  });
});
