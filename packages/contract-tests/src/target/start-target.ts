import { startPrism } from "@image-variations/mock";
import type { TestProject } from "vitest/node";
import type { Target } from "./target.ts";

declare module "vitest" {
  interface ProvidedContext {
    readonly target: Target;
  }
}

/** Vitest's global set-up: finds the server that the suite tests, and starts it if it is our own mock. */
export default async function startTarget(project: TestProject): Promise<() => Promise<void>> {
  const { CONTRACT_TARGET: url, CONTRACT_API_KEY: apiKey = "key-of-the-contract-tests" } = process.env;
  if (url) {
    project.provide("target", { url: url.replace(/\/+$/, ""), apiKey, isMock: false });
    return async () => {};
  }
  const prism = await startPrism();
  project.provide("target", { url: prism.url, apiKey, isMock: true });
  return async () => {
    await prism.stop();
    const { stopped, lastLine } = await prism.exited;
    if (!stopped) throw new Error(`The mock crashed while the suite ran, so later failures mean nothing: ${lastLine}`);
  };
}
