import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Backend } from "@image-variations/backends";
import { expect, test } from "vitest";
import { backendsAndImitations } from "./backends-and-imitations.ts";
import { plainBackend } from "./plain-backend.ts";
import { apiKey, startServer } from "./start-server.ts";

const program = fileURLToPath(new URL("../conformance.ts", import.meta.url));

test.for<{ name: string; backend: Backend }>([
  { name: "a backend that makes plain images", backend: plainBackend },
  ...backendsAndImitations,
])("the conformance command finds nothing to complain of: our server with $name", async ({ backend }) => {
  await using server = await startServer(backend);
  const words = [program, "--target", `${server.url}/v1`, "--key", apiKey];
  const outcome = await new Promise<{ code: unknown; stdout: string }>((done) => {
    execFile(process.execPath, words, (error, stdout) => done({ code: error?.code ?? 0, stdout }));
  });
  expect(outcome.stdout).toMatch(/\S/);
  expect(outcome).toEqual({ code: 0, stdout: outcome.stdout });
});
