import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { settingNames } from "./command/read-config.ts";

const program = fileURLToPath(new URL("./bin.ts", import.meta.url));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "codegen-"));
  write("openapi.yaml", pets("listPets"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function codegen(...args: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr };
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}

const read = (name: string): string => readFileSync(join(folder, name), "utf8");

function pets(operationId: string): string {
  return `openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets: { get: { operationId: ${operationId}, responses: { "204": { description: Done. } } } }
`;
}

const all = "src/api/client.ts, src/api/contract.ts, src/api/index.ts, src/api/schema.ts";

describe("codegen", () => {
  it("writes a folder once, and again only where something changed", () => {
    expect(codegen("openapi.yaml", "--out", "src/api")).toEqual({ status: 0, stdout: `Wrote ${all}.\n`, stderr: "" });
    expect(read("src/api/client.ts")).toMatch(
      /^\/\/ Generated from openapi\.yaml\. Do not edit: change the spec and run `npx @image-variations\/codegen openapi\.yaml --out src\/api`\./,
    );
    expect(codegen("openapi.yaml", "--out", "src/api").stdout).toBe("src/api is up to date.\n");
    write("openapi.yaml", pets("getPets"));
    expect(codegen("openapi.yaml", "--out", "src/api").stdout).toBe(
      "Wrote src/api/client.ts, src/api/contract.ts, src/api/schema.ts.\n",
    );
  });

  it("checks and tries without writing anything", () => {
    write("codegen.config.json", JSON.stringify({ document: "openapi.yaml", out: "src/api" }));
    expect(codegen("--dry-run")).toMatchObject({ status: 0, stdout: `Would write ${all}.\n` });
    expect(codegen("--check")).toMatchObject({
      status: 1,
      stdout: `Out of date: ${all}. Run: npx @image-variations/codegen\n`,
    });
    expect(existsSync(join(folder, "src"))).toBe(false);
    codegen();
    expect(codegen("--check")).toEqual({ status: 0, stdout: "src/api is up to date.\n", stderr: "" });
    write("src/api/client.ts", "// mine\n");
    expect(codegen("--check").stdout).toContain("Out of date: src/api/client.ts.");
  });

  it("never replaces what it did not write, and removes only what it did", () => {
    codegen("openapi.yaml", "--out", "src/api");
    write("src/api/mine.ts", "// mine\n");
    write("src/api/client.ts", "// mine\n");
    const { status, stderr } = codegen("openapi.yaml", "--out", "src/api");
    expect(stderr).toMatch(/client\.ts was changed since codegen wrote it\. Nothing was written\./);
    expect({ status, client: read("src/api/client.ts") }).toEqual({ status: 2, client: "// mine\n" });
    expect(codegen("openapi.yaml", "--out", "src/api", "--force").status).toBe(0);
    expect(read("src/api/mine.ts")).toBe("// mine\n");
  });

  it.for([
    { name: "no document", args: [], said: /^Name a document and a folder, or write codegen\.config\.json:/ },
    { name: "no folder", args: ["openapi.yaml"], said: /^Name the folder that is written:/ },
    {
      name: "a document that is missing",
      args: ["none.yaml", "--out", "x"],
      said: /^none\.yaml can't be read: there is no such file\.$/,
    },
    { name: "a misspelt option", args: ["openapi.yaml", "--otu", "x"], said: /did you mean --out\?/ },
    { name: "a folder without a name", args: ["openapi.yaml", "--out", ""], said: /^Name the folder that is written:/ },
    {
      name: "a misspelt document",
      args: ["openapi.yml", "--out", "x"],
      said: /^openapi\.yml can't be read: there is no such file\. Did you mean openapi\.yaml\?$/,
    },
    {
      name: "a folder for a document",
      args: [".", "--out", "x"],
      said: /^\. can't be read: it is a folder\.$/,
    },
    { name: "two modes", args: ["--check", "--watch"], said: /^--check and --watch exclude each other/ },
    {
      name: "an import extension of its own",
      args: ["openapi.yaml", "--out", "x", "--import-extension", "ts"],
      said: /is \.js or \.ts, got "ts"/,
    },
  ])("rejects $name with one sentence and exit code 2", ({ args, said }) => {
    const { status, stdout, stderr } = codegen(...args);
    expect(stderr.trim()).toMatch(said);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  });
});

describe("a configuration", () => {
  it("may list several folders, with paths from where it is", () => {
    write(
      "codegen.config.json",
      JSON.stringify([
        { document: "openapi.yaml", out: "one" },
        { base: "image-variations", out: "two", importExtension: ".ts" },
      ]),
    );
    expect(codegen().status).toBe(0);
    expect(read("two/client.ts")).toContain('from "./contract.ts"');
    expect(read("one/client.ts")).toContain('from "./contract.js"');
  });

  it("is rejected with everything that is wrong in it", () => {
    write("codegen.config.json", JSON.stringify({ documnet: "a.yaml", out: "x", tags: "a" }));
    expect(codegen()).toMatchObject({
      status: 2,
      stderr:
        'codegen.config.json:1:13: unknown setting "documnet". Did you mean document?\n' +
        'codegen.config.json:1:39: tags has to be a list of texts, got "a".\n' +
        "codegen.config.json:1:1: document is missing; it names the OpenAPI document.\n",
    });
  });

  it("gives the same files wherever it is called, and says from there which is out of date", () => {
    mkdirSync(join(folder, "sub"));
    write("sub/mine.json", JSON.stringify({ document: "../openapi.yaml", out: "api", operations: ["listPets"] }));
    expect(codegen("--config", "sub/mine.json").stdout).toMatch(/^Wrote sub\/api\/client\.ts, /);
    const { status, stdout } = spawnSync(process.execPath, [program, "--config", "mine.json", "--check"], {
      cwd: join(folder, "sub"),
      encoding: "utf8",
    });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "api is up to date.\n" });
    rmSync(join(folder, "sub/api/client.ts"));
    expect(codegen("--config", "sub/mine.json", "--check").stdout).toBe(
      "Out of date: sub/api/client.ts. Run: npx @image-variations/codegen --config sub/mine.json\n",
    );
  });

  it("is rejected if two of its outputs are one folder", () => {
    const output = { document: "openapi.yaml", out: "api" };
    write("codegen.config.json", JSON.stringify([output, { ...output, out: "./api" }]));
    expect(codegen()).toMatchObject({
      status: 2,
      stderr: "codegen.config.json:1:75: out is ./api, and so is that of output 1; name another folder.\n",
    });
    expect(existsSync(join(folder, "api"))).toBe(false);
  });

  it("has a schema for editors that knows the same settings", () => {
    const schema = JSON.parse(readFileSync(new URL("../config.schema.json", import.meta.url), "utf8")) as {
      $defs: { output: { properties: object } };
    };
    expect(Object.keys(schema.$defs.output.properties).toSorted()).toEqual(settingNames.toSorted());
    const validate = new Ajv2020({ strict: false }).compile(schema);
    expect(validate({ document: "a.yaml", out: "b" })).toBe(true);
    expect(validate([{ base: "image-variations", out: "b", overlays: ["c.yaml"] }])).toBe(true);
    expect(validate({ document: "a.yaml" })).toBe(false);
  });
});

describe("--watch", () => {
  const document = (schema: string): string => `openapi: 3.1.0
info: { title: Pets, version: 1.0.0 }
paths:
  /pets:
    get:
      operationId: listPets
      responses: { "200": { description: Pets., content: { application/json: { schema: { $ref: ${schema} } } } } }
`;

  /** Runs the command, and waits for what it says. */
  async function watching(
    args: readonly string[],
    action: (said: (text: string) => Promise<void>) => Promise<void>,
  ): Promise<void> {
    const watcher = spawn(process.execPath, [program, "--watch", ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [watcher.stdout, watcher.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk));
    try {
      await action(async (text) => {
        await vi.waitFor(
          () => {
            const index = output.indexOf(text);
            if (index < 0) throw new Error(`Expected ${JSON.stringify(text)}, got ${JSON.stringify(output)}.`);
            output = output.slice(index + text.length);
          },
          { timeout: 250_000, interval: 20 },
        );
      });
      expect(watcher.exitCode).toBeNull();
    } finally {
      watcher.kill();
      if (watcher.exitCode === null && watcher.signalCode === null) await once(watcher, "exit");
    }
  }

  it("writes again after each change of what was read, also after mistakes, and after a folder is gone", async () => {
    write("openapi.yaml", document("pet.yaml"));
    write("pet.yaml", "type: object\nproperties: { name: { type: string } }\n");
    write("codegen.config.json", JSON.stringify({ document: "openapi.yaml", out: "api" }));
    const schema = (): string => read("api/schema.ts");
    await watching([], async (said) => {
      await said("Wrote api/client.ts");

      write("pet.yaml", "type: object\nproperties: { age: { type: integer } }\n");
      await said("Wrote api/schema.ts.");
      expect(schema()).toContain("age?: number");

      write("pet.yaml", "type: [object\n");
      await said('$ref "pet.yaml" can\'t be followed. pet.yaml:');
      expect(schema()).toContain("age?: number");
      write("pet.yaml", "type: object\nproperties: { size: { type: integer } }\n");
      await said("Wrote api/schema.ts.");
      expect(schema()).toContain("size?: number");

      write("openapi.yaml", document("lost.yaml"));
      await said("lost.yaml can't be read: there is no such file.");
      write("lost.yaml", "type: object\nproperties: { found: { type: integer } }\n");
      await said("Wrote api/schema.ts.");
      expect(schema()).toContain("found?: number");

      rmSync(join(folder, "api"), { recursive: true });
      await said("Wrote api/client.ts");
      expect(schema()).toContain("found?: number");

      rmSync(join(folder, "openapi.yaml"));
      await said("openapi.yaml can't be read: there is no such file.");
      write("openapi.yaml", pets("getPets"));
      await said("Wrote api/client.ts");

      write("codegen.config.json", "{");
      await said("codegen.config.json is not valid JSON");
      write("codegen.config.json", JSON.stringify({ document: "openapi.yaml", out: "other" }));
      await said("Wrote other/client.ts");
    });
  });

  it("writes again after a change of a document or an overlay that the command line names", async () => {
    const overlay = (title: string): string =>
      JSON.stringify({ overlay: "1.0.0", actions: [{ target: "$.info", update: { title } }] });
    await watching(["openapi.yaml", "--overlay", "mine.json", "--out", "api"], async (said) => {
      await said("mine.json can't be read: there is no such file.");
      write("mine.json", overlay("Mine"));
      await said("Wrote api/client.ts");
      write("openapi.yaml", pets("getPets"));
      await said("Wrote api/client.ts");
      write("mine.json", "{");
      await said("mine.json:1:");
      write("mine.json", overlay("Yours"));
      await said("api is up to date.");
    });
  });
});
