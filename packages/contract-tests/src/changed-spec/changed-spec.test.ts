import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as client from "@image-variations/client";
import { startPrism, type Prism } from "@image-variations/mock";
import type * as validation from "@image-variations/validation";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseMultipart } from "../wire/parse-multipart.ts";
import { sampleFile } from "../wire/sample-image.ts";
import { compilePrograms } from "./compile-programs.ts";
import { copyOfSpec, type EditableSpec } from "./editable-spec.ts";
import { mergeSpecs } from "./merge-specs.ts";
import { specChanges, type Call } from "./spec-changes.ts";
import { writeChangedPackages } from "./write-changed-packages.ts";

type Client = typeof client;
type Validation = typeof validation;

/** Goes before the TypeScript of each change. */
const preamble = (place: string): string => `
  import { createClient, ImageVariations } from "${place}/packages/client/src/index.ts";
  import type { ImageCreateVariationParams, ImageModel, ImagesResponse } from "${place}/packages/client/src/index.ts";
  import type { paths } from "${place}/packages/client/src/schema.ts";
  import { document } from "${place}/specs/src/index.ts";
  declare const client: ImageVariations;
  declare const image: Blob;
  declare const parameters: ImageCreateVariationParams;
  declare const response: ImagesResponse;
  const openapiClient = createClient();
  export type Names = [ImageModel, paths, typeof document];
`;

const unchanged = "unchanged";
const changes = specChanges.map((change) => ({ ...change, slug: change.what.replaceAll(/\W+/g, "_") }));

let folder: string;
let mock: Prism;
let errors: ReadonlyMap<string, readonly string[]>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "changed-spec-"));
  const specs = new Map<string, EditableSpec>();
  for (const { slug, edit } of [{ slug: unchanged, edit: () => {} }, ...changes]) {
    const spec = copyOfSpec();
    edit(spec);
    specs.set(slug, spec);
    await writeChangedPackages(join(folder, slug), spec);
  }
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  mkdirSync(join(folder, "programs"));
  for (const { slug, compiles, rejected } of changes) {
    write(`${slug}.compiles.ts`, preamble(`../${slug}`) + compiles);
    write(`${slug}.rejected.ts`, preamble(`../${slug}`) + rejected.code);
    write(`${slug}.before.ts`, preamble(`../${unchanged}`) + compiles);
  }
  const merged = join(folder, "merged.json");
  writeFileSync(merged, JSON.stringify(mergeSpecs(specs)));
  [errors, mock] = await Promise.all([compilePrograms(folder), startPrism({ spec: merged })]);
  // On a busy machine the compiler takes its time.
}, 600_000);
afterAll(async () => {
  await mock?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, text: string): void {
  writeFileSync(join(folder, "programs", name), text);
}

function errorsOf(name: string): readonly string[] {
  return errors.get(`programs/${name}`) ?? [];
}

async function load<Module>(slug: string, place: string): Promise<Module> {
  return import(/* @vite-ignore */ pathToFileURL(join(folder, slug, place, "src/index.ts")).href) as Promise<Module>;
}

test("the hand-written code compiles as it is, without a change and after each", () => {
  expect([...errors].filter(([path]) => !path.startsWith("programs/"))).toEqual([]);
});

describe.for(changes)("when $what,", ({ slug, rejected, calls }) => {
  test("types follow: code that compiles now did not before", () => {
    expect(errorsOf(`${slug}.compiles.ts`)).toEqual([]);
    expect(errorsOf(`${slug}.before.ts`)).not.toEqual([]);
  });

  test("types follow: code that must not compile does not", () => {
    expect(errorsOf(`${slug}.rejected.ts`)).toEqual([expect.stringMatching(rejected.message)]);
  });

  test.for(calls.map((call) => ({ call, given: nameOf(call) })))(
    "the validator, the client and the mock follow: $given",
    async ({ call }) => {
      const parameters = { image: sampleFile(), ...call.parameters };
      const messages = await messagesOf(slug, call, parameters);
      if (call.issue === undefined) expect(messages).toEqual([]);
      else expect(messages).toEqual([expect.stringMatching(call.issue)]);

      const sent = await send(slug, call, parameters);
      if (call.response instanceof RegExp) expect(String(sent.result)).toMatch(call.response);
      else expect(sent.status).toBe(call.response);
      if (call.parts) expect(sent.parts).toEqual(call.parts);
      if (call.result) expect(sent.result).toMatchObject(call.result);
    },
  );
});

function nameOf({ operation, parameters }: Call): string {
  const shown = JSON.stringify(parameters, (_key, value: unknown) =>
    value instanceof Uint8Array || Buffer.isBuffer(value) ? "image" : value,
  );
  return `${operation?.path ?? ""} ${shown.replaceAll(/\{"type":"Buffer".*?\]\}/g, '"image"')}`.trim();
}

async function messagesOf(slug: string, { operation }: Call, parameters: object): Promise<string[]> {
  const { createValidator, inspectPngHeader, parameterTables, validateImageVariation } = await load<Validation>(
    slug,
    "packages/validation",
  );
  const tables: { readonly [name: string]: Parameters<Validation["createValidator"]>[0] } = parameterTables;
  const validate = operation
    ? createValidator(tables[operation.table]!, { inspect: inspectPngHeader })
    : validateImageVariation;
  return (await validate(parameters)).issues.map(({ message }) => message);
}

interface Sent {
  readonly status: number | undefined;
  readonly parts: readonly (readonly [name: string, text: string | undefined])[];
  /** The response's body, or the error. */
  readonly result: unknown;
}

/** Makes a call with the client of a changed spec, to the mock of that spec. */
async function send(slug: string, { operation, prefer }: Call, parameters: object): Promise<Sent> {
  const { createClient, ImageVariations } = await load<Client>(slug, "packages/client");
  let parts: Sent["parts"] = [];
  let status: number | undefined;
  const options = {
    baseURL: `${mock.url}/${slug}`,
    apiKey: "key",
    maxRetries: 0,
    fetch: async (input: string | URL | Request, init?: RequestInit) => {
      const request = new Request(input, init);
      const body = Buffer.from(await request.clone().arrayBuffer());
      const { method, url, headers } = request;
      parts = (await parseMultipart({ method, url, headers: Object.fromEntries(headers), body })).map((part) => [
        part.name,
        "text" in part ? part.text : undefined,
      ]);
      const response = await fetch(request);
      ({ status } = response);
      return response;
    },
  };
  const headers = prefer ? { prefer } : {};
  const result: unknown = operation
    ? await createClient(options)
        .POST(operation.path as "/images/variations", { body: parameters as never, headers })
        .then(({ data, error }) => data ?? error)
    : await new ImageVariations(options).images
        .createVariation(parameters as never, { headers })
        .catch((error: unknown) => error);
  return { status, parts, result };
}
