import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CommandError } from "@image-variations/command";
import { runProgram } from "@image-variations/testing/run-program";

const document = (maximum: number): string => `openapi: 3.1.0
info: { title: Prints, version: 1.0.0 }
servers: [{ url: https://prints.example.com/v1 }]
paths:
  /prints:
    post:
      operationId: createPrint
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } }
      responses:
        "200": { description: Printed., content: { application/json: { schema: { $ref: "#/components/schemas/Order" } } } }
components:
  schemas:
    Order: { type: object, required: [copies], properties: { copies: { type: integer, maximum: ${maximum} } } }
`;

const program = `import { createApi, validateCreatePrint } from "./api/index.ts";
const api = createApi({ fetch: async (url, init) => new Response(await new Request(url, init).text(), { headers: { "content-type": "application/json" } }) });
const { copies } = await api.createPrint({ copies: 2 });
const { issues } = await validateCreatePrint({ copies: 40 });
console.log(copies, issues.map(({ message }) => message).join());
`;

/** Runs a command of ours in the folder. @returns What it printed. */
export type RunProduct = (name: "codegen" | "spec-diff", args: readonly string[], exitCode: number) => Promise<string>;

export interface Products {
  /** A folder that is empty, or has node_modules with the packages. */
  readonly folder: string;
  readonly run: RunProduct;
  /** Makes the packages found that generated files import. */
  readonly install?: () => Promise<void>;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Uses the commands that are products of their own as somebody does who has a document and npm: a client is generated, checked and
 * called, and two documents are compared.
 *
 * @returns What was done.
 * @throws CommandError if one of them says something else than it should.
 */
export async function tryProducts({ folder, run, install, env }: Products): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const files = { "package.json": JSON.stringify({ private: true, type: "module" }), "program.ts": program };
  const documents = { "openapi.yaml": document(20), "next.yaml": document(10) };
  for (const [name, text] of Object.entries({ ...files, ...documents })) writeFileSync(join(folder, name), text);

  const generate = ["openapi.yaml", "--out", "api", "--import-extension", ".ts"];
  expectSaid("codegen", await run("codegen", generate, 0), /^Wrote api\/client\.ts, .*api\/validation\.ts\.$/m);
  expectSaid("codegen --check", await run("codegen", [...generate, "--check"], 0), /^api is up to date\.$/m);
  await install?.();
  const { stdout } = await runProgram(process.execPath, ["program.ts"], { cwd: folder, env });
  expectSaid("the generated client", stdout, /^2 copies must be at most 20, not 40\.$/m);
  const compared = ["openapi.yaml", "next.yaml"];
  expectSaid("spec-diff", await run("spec-diff", compared, 0), /^Bump: major /m);
  await run("spec-diff", [...compared, "--fail-on", "major"], 1);
  const written = readdirSync(folder).filter((name) => !/^(node_modules|package-lock\.json)$/.test(name));
  const expected = ["api", ...Object.keys(files), ...Object.keys(documents)];
  if (written.toSorted().join() !== expected.toSorted().join()) {
    throw new CommandError(`codegen and spec-diff left ${written.join(", ")}.`);
  }
  return "a client was generated, checked and called, and two documents were compared";
}

function expectSaid(name: string, said: string, wanted: RegExp): void {
  if (!wanted.test(said)) throw new CommandError(`${name}: expected ${wanted.source}, got:\n${said}`);
}
