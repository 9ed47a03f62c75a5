import type { Backend } from "@image-variations/backends";
import { createHandler } from "@image-variations/server";
import { serve, type RunningServer } from "@image-variations/server/node";
import type { TestProject } from "vitest/node";
import { plainBackend } from "./plain-backend.ts";

export const apiKey = "key-of-the-contract-tests";

/** Serves a backend on a free port, to requests with the key. */
export function startServer(backend: Backend = plainBackend): Promise<RunningServer> {
  return serve({ handler: createHandler({ backend, apiKeys: [apiKey] }), port: 0, logger: false, metrics: false });
}

/** Vitest's global set-up: our own server is what the suite tests. */
export default async function startTarget(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  project.provide("target", { url: `${server.url}/v1`, apiKey, isMock: false });
  return () => server.close();
}
