import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readDialect } from "./read-dialect.ts";
import { writeDialect } from "./write-dialect.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

const root = fileURLToPath(new URL("../../../", import.meta.url));
const ourSpec = join(root, "specs/image-variations.yaml");
const folder = mkdtempSync(join(tmpdir(), "write-dialect-"));
const image = new File([readFileSync(join(root, "assets/otter-32.png"))], "otter.png", { type: "image/png" });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a dialect's packages are used for here, whatever their types are. */
interface Dialect {
  readonly validation: {
    readonly imageVariationParams: {
      readonly "~standard": { validate(value: unknown): Promise<{ issues?: readonly { message: string }[] }> };
    };
  };
  readonly client: {
    readonly default: new (options: object) => {
      readonly images: { createVariation(params: object): Promise<{ data?: readonly Record<string, unknown>[] }> };
    };
  };
  /** The compiler's errors for a program, with `create` to call and `created` for what comes back. */
  compile(statement: string): string[];
}

async function make(name: string): Promise<Dialect> {
  const overlay = join(root, `scripts/dialects/${name}.overlay.yaml`);
  const output = join(folder, name);
  await writeDialect({ root, spec: readDialect(overlay, overlay, ourSpec), output, scope: `@${name}` });
  const scope = join(output, "node_modules", `@${name}`);
  mkdirSync(scope, { recursive: true });
  for (const [place, source] of Object.entries({ client: "packages/client", validation: "packages/validation" })) {
    symlinkSync(join(root, source, "node_modules"), join(output, place, "node_modules"), "junction");
    symlinkSync(join(output, place), join(scope, place), "junction");
  }
  const load = async (place: string): Promise<unknown> =>
    await import(pathToFileURL(join(output, place, "dist/index.js")).href);
  return {
    validation: (await load("validation")) as Dialect["validation"],
    client: (await load("client")) as Dialect["client"],
    compile: (statement) => compile(output, name, statement),
  };
}

function compile(output: string, name: string, statement: string): string[] {
  const program = `import Client, { type ImageCreateVariationParams as Params } from "@${name}/client";
const create = (params: Params) => new Client().images.createVariation(params);
declare const image: File;
${statement}
export { create, image };
`;
  writeFileSync(join(output, "program.ts"), program);
  const compilerOptions = {
    module: "nodenext",
    target: "es2023",
    lib: ["es2023", "dom", "dom.iterable"],
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
  };
  writeFileSync(join(output, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["program.ts"] }));
  writeFileSync(join(output, "package.json"), JSON.stringify({ type: "module" }));
  const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
  const { stdout } = spawnSync(process.execPath, [tsc, "--pretty", "false"], { cwd: output, encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes("error TS"));
}

/** What a client of the dialect sends to a server, which responds as the dialect does. */
async function exchange(
  { client }: Dialect,
  params: object,
  responseBody: object,
): Promise<{ sent: string; received: unknown }> {
  let sent = "";
  const server = createServer((request, response) => {
    request.setEncoding("latin1").on("data", (text: string) => (sent += text));
    request.on("end", () =>
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(responseBody)),
    );
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const baseURL = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
    const received = await new client.default({ apiKey: "none", baseURL }).images.createVariation(params);
    return { sent, received };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function issues({ validation }: Dialect, params: object): Promise<string> {
  const { issues: found = [] } = await validation.imageVariationParams["~standard"].validate(params);
  return found.map(({ message }) => message).join("\n");
}

describe("Lemonade: the model is named, and images come as base64", () => {
  let dialect: Dialect;
  beforeAll(async () => {
    dialect = await make("lemonade");
  });

  it("the validator asks for the model, and offers no address", async () => {
    expect(await issues(dialect, { image, model: "sd-turbo" })).toBe("");
    expect(await issues(dialect, { image })).toContain("model");
    expect(await issues(dialect, { image, model: "sd-turbo", response_format: "url" })).toContain("b64_json");
  });

  it("so do the types", () => {
    expect(dialect.compile('await create({ image, model: "sd-turbo", response_format: "b64_json" });')).toEqual([]);
    expect(dialect.compile("await create({ image });")).toHaveLength(1);
    expect(dialect.compile('await create({ image, model: "sd-turbo", response_format: "url" });')).toHaveLength(1);
    expect(dialect.compile('(await create({ image, model: "a" })).data?.[0]?.url;')).toHaveLength(1);
  });

  it("the client makes the call", async () => {
    const responseBody = { created: 1, data: [{ b64_json: "AAAA" }] };
    const { sent, received } = await exchange(dialect, { image, model: "sd-turbo" }, responseBody);
    expect(sent).toContain('name="model"');
    expect(received).toMatchObject(responseBody);
  });
});

describe("Xinference: there may be a prompt, and null", () => {
  let dialect: Dialect;
  beforeAll(async () => {
    dialect = await make("xinference");
  });

  it("the validator asks for the model, and knows the prompt", async () => {
    expect(await issues(dialect, { image, model: "sd3", prompt: "in snow" })).toBe("");
    expect(await issues(dialect, { image, prompt: "in snow" })).toContain("model");
    expect(await issues(dialect, { image, model: "sd3", prompt: 1 })).toContain("prompt");
  });

  it("so do the types, which know that there may be no base64", () => {
    expect(dialect.compile('await create({ image, model: "sd3", prompt: "in snow" });')).toEqual([]);
    expect(
      dialect.compile('const text: string | undefined = (await create({ image, model: "a" })).data?.[0]?.b64_json;'),
    ).toEqual([expect.stringMatching(/null/)]);
  });

  it("the client sends the prompt", async () => {
    const responseBody = { created: 1, data: [{ url: "/var/lib/xinference/image/a.png", b64_json: null }] };
    const { sent, received } = await exchange(dialect, { image, model: "sd3", prompt: "in snow" }, responseBody);
    expect(sent).toMatch(/name="prompt"\r\n[\s\S]*in snow/);
    expect(received).toMatchObject(responseBody);
  });
});

describe("a dialect that can't be made writes nothing:", () => {
  it("an overlay that breaks the spec", () => {
    const overlay = join(folder, "bad.overlay.yaml");
    const target = "$.components.schemas[?@.properties.b64_json]";
    writeFileSync(overlay, `overlay: 1.0.0\nactions:\n  - target: ${target}\n    remove: true\n`);
    expect(() => readDialect(overlay, "bad.overlay.yaml", ourSpec)).toThrow(
      /^the spec with bad\.overlay\.yaml:\d+:\d+: \$ref "#\/components\/schemas\/\w+" leads nowhere\.$/,
    );
  });

  it("a document without the operation", () => {
    writeFileSync(join(folder, "other.yaml"), "openapi: 3.1.0\npaths:\n  /other: { get: {} }\n");
    expect(() => readDialect(join(folder, "other.yaml"), "other.yaml", ourSpec)).toThrow(
      /^other\.yaml:3:3: the spec has no POST \/images\/variations, which/,
    );
  });

  it("a file that is not an overlay", () => {
    writeFileSync(join(folder, "bad.yaml"), "paths: [\n");
    expect(() => readDialect(join(folder, "bad.yaml"), "bad.yaml", ourSpec)).toThrow(
      /^bad\.yaml:\d+:\d+: the spec is not valid/,
    );
    expect(() => readDialect(join(folder, "none.yaml"), "none.yaml", ourSpec)).toThrow(
      "none.yaml can't be read (ENOENT).",
    );
  });

  it("a document that the packages' code does not fit", async () => {
    const spec = readFileSync(ourSpec, "utf8").replace(
      /^ {8}data:\n {10}type: array/m,
      "        images:\n          type: array",
    );
    const output = join(folder, "unfit");
    await expect(writeDialect({ root, spec, output, scope: "@unfit" })).rejects.toThrow(
      /^The packages can't be built on this spec, because their hand-written code does not fit it: .*data/,
    );
    expect(() => readFileSync(output)).toThrow("ENOENT");
  });
});
