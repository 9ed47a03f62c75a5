import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestServer } from "@image-variations/testing/listen";
import { runProgram } from "@image-variations/testing/run-program";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { writeApi } from "@image-variations/codegen";
import { root } from "../repository/repository.ts";
import { startDocsServer } from "./docs-server.ts";
import { petsDocument } from "./pets-document.ts";
import { readMarkdown } from "./read-markdown.ts";

/** Every program in the docs, as a user would copy it. */
const snippets = readMarkdown()
  .flatMap(({ path, blocks }) => blocks.map((block) => ({ path, ...block })))
  .filter(({ language }) => /^(ts|js|typescript|javascript)$/.test(language))
  .map(({ path, code }, index) => {
    const extension = code.includes("require(") ? "cts" : "ts";
    return { path, firstLine: code.split("\n")[0]!, code, file: `snippet-${index}.${extension}` };
  });

let folder: string;
let server: TestServer;
let program: ts.Program;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "snippets-"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  symlinkSync(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(folder, "node_modules"), "junction");
  // The images that the programs name: those that are not PNG by their name are the beginning of a JPEG.
  for (const [, name, type] of snippets.flatMap(({ code }) => [...code.matchAll(/"([\w-]+\.(png|jpe?g|webp))"/g)])) {
    if (type === "png") copyFileSync(join(root, "assets/otter-32.png"), join(folder, name!));
    else writeFileSync(join(folder, name!), Uint8Array.of(0xff, 0xd8, 0xff, 0xe0));
  }
  // The document that the programs about documents name, before and after a change, and what is generated from it.
  for (const [name, maximum] of Object.entries({ "openapi.yaml": 100, "old.yaml": 100, "new.yaml": 50 })) {
    writeFileSync(join(folder, name), petsDocument(maximum));
  }
  await writeApi({ document: "openapi.yaml", out: "api", folder, importExtension: ".ts" });
  for (const { file, code } of snippets) writeFileSync(join(folder, file), code);
  server = await startDocsServer();
  program = ts.createProgram(
    snippets.map(({ file }) => join(folder, file)),
    {
      target: ts.ScriptTarget.ES2023,
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts", "lib.dom.asynciterable.d.ts"],
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      moduleDetection: ts.ModuleDetectionKind.Force,
      typeRoots: [join(folder, "node_modules/@types")],
      types: ["node"],
      strict: true,
      noEmit: true,
      skipLibCheck: true,
      allowImportingTsExtensions: true,
    },
  );
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

test("there are programs in the docs", () => {
  expect(snippets.length).toBeGreaterThan(3);
});

describe.for(snippets)("$path: $firstLine …", ({ file }) => {
  test("compiles, strictly", () => {
    const source = program.getSourceFile(join(folder, file))!;
    const issues = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    expect(issues.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"))).toEqual([]);
  });
});

/** Whether a program starts a server and leaves it running. */
const staysUp = ({ code }: { code: string }): boolean => code.includes("serve(") && !code.includes(".close()");

describe.for(snippets.filter((snippet) => !staysUp(snippet)))("$path: $firstLine …", ({ file }) => {
  test("runs to its end", async () => {
    const env = { PATH: process.env["PATH"], OPENAI_API_KEY: "any", OPENAI_BASE_URL: server.url };
    const { code } = await runProgram(process.execPath, [file], { cwd: folder, env });
    expect(code).toBe(0);
  });
});

describe.for(snippets.filter(staysUp))("$path: $firstLine …", ({ file }) => {
  test("serves at the URL that it prints", async () => {
    const child = spawn(process.execPath, [file], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
    const closed = once(child, "close");
    try {
      const [printed] = await Promise.race([once(child.stdout, "data"), closed]);
      const url = /http:\/\/[^\s/]+/.exec(String(printed))?.[0];
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
    } finally {
      child.kill();
      await closed;
    }
  });
});
