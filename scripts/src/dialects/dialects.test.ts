import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { writeApi } from "@image-variations/codegen";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "dialects-"));
const image = new File([readFileSync(join(root, "assets/otter-32.png"))], "otter.png", { type: "image/png" });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// What the generated files name is found where npm would have put it.
mkdirSync(join(folder, "node_modules/@image-variations"), { recursive: true });
for (const name of ["client", "validation"]) {
  symlinkSync(join(root, "packages", name), join(folder, "node_modules/@image-variations", name), "junction");
}
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');

/** What is generated of a dialect, whatever its types are. */
interface Dialect {
  readonly name: string;
  readonly validateCreateImageVariation: (value: unknown) => Promise<{ issues: readonly { message: string }[] }>;
  readonly createApi: (options: object) => { readonly images: { createVariation(params: object): Promise<unknown> } };
}

async function make(name: string): Promise<Dialect> {
  const overlay = join(root, `scripts/dialects/${name}.overlay.yaml`);
  await writeApi({ base: "image-variations", document: overlay, out: name, folder, importExtension: ".ts" });
  const made = (await import(pathToFileURL(join(folder, name, "index.ts")).href)) as Omit<Dialect, "name">;
  return { ...made, name };
}

/** The compiler's errors for a program, with `create` to call. */
function compile({ name }: Dialect, statement: string): string[] {
  const program = `import { createApi } from "./${name}/index.ts";
const create = createApi().images.createVariation;
declare const image: File;
${statement}
export { create, image };
`;
  writeFileSync(join(folder, "program.ts"), program);
  const options =
    "--module nodenext --target es2023 --lib es2023,dom,dom.iterable --strict --noEmit --allowImportingTsExtensions";
  const tsc = fileURLToPath(new URL("../../node_modules/typescript/bin/tsc", import.meta.url));
  const words = [tsc, ...options.split(" "), "--pretty", "false", "program.ts"];
  const { stdout } = spawnSync(process.execPath, words, { cwd: folder, encoding: "utf8" });
  return stdout.split("\n").filter((line) => line.includes("error TS"));
}

/** What a client of the dialect sends to a server, which responds as the dialect does. */
async function exchange(
  { createApi }: Dialect,
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
    const received = await createApi({ apiKey: "none", baseURL }).images.createVariation(params);
    return { sent, received };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function issues({ validateCreateImageVariation: validate }: Dialect, params: object): Promise<string> {
  return (await validate(params)).issues.map(({ message }) => message).join("\n");
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
    expect(compile(dialect, 'await create({ image, model: "sd-turbo", response_format: "b64_json" });')).toEqual([]);
    expect(compile(dialect, "await create({ image });")).toHaveLength(1);
    expect(compile(dialect, 'await create({ image, model: "sd-turbo", response_format: "url" });')).toHaveLength(1);
    expect(compile(dialect, '(await create({ image, model: "a" })).data?.[0]?.url;')).toHaveLength(1);
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
    expect(compile(dialect, 'await create({ image, model: "sd3", prompt: "in snow" });')).toEqual([]);
    const text = 'const text: string | undefined = (await create({ image, model: "a" })).data?.[0]?.b64_json;';
    expect(compile(dialect, text)).toEqual([expect.stringMatching(/null/)]);
  });

  it("the client sends the prompt", async () => {
    const responseBody = { created: 1, data: [{ url: "/var/lib/xinference/image/a.png", b64_json: null }] };
    const { sent, received } = await exchange(dialect, { image, model: "sd3", prompt: "in snow" }, responseBody);
    expect(sent).toMatch(/name="prompt"\r\n[\s\S]*in snow/);
    expect(received).toMatchObject(responseBody);
  });
});

it("an overlay that breaks the contract is rejected, and nothing is written", async () => {
  const target = "$.components.schemas[?@.properties.b64_json]";
  writeFileSync(
    join(folder, "bad.overlay.yaml"),
    `overlay: 1.0.0\nactions:\n  - target: ${target}\n    remove: true\n`,
  );
  const options = { base: "image-variations", document: "bad.overlay.yaml", out: "bad", folder };
  await expect(writeApi(options)).rejects.toThrow(
    /^@image-variations\/spec and bad\.overlay\.yaml at components\.schemas\.\S+: \$ref "#\/components\/schemas\/\w+" leads nowhere\.$/,
  );
  expect(() => readFileSync(join(folder, "bad"))).toThrow("ENOENT");
});
