import type { Backend } from "@image-variations/backends";
import { expect, test } from "vitest";
import { conform } from "../conformance/run-conform.ts";
import { backendsAndImitations } from "./backends-and-imitations.ts";
import { plainBackend } from "./plain-backend.ts";
import { apiKey, startServer } from "./start-server.ts";

test.for<{ name: string; backend: Backend }>([
  { name: "a backend that makes plain images", backend: plainBackend },
  ...backendsAndImitations,
])("our server passes every requirement of the conformance command with $name", async ({ backend }) => {
  await using server = await startServer(backend);
  const outcome = await conform([`${server.url}/v1`, "--api-key", apiKey]);
  expect(outcome.stdout).toContain(" pass, 0 fail, 0 skip");
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
});
