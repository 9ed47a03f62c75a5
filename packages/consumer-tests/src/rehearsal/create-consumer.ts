import { runProgram } from "@image-variations/testing/run-program";
import { compilers, writeProject } from "../consumer/write-project.ts";
import type { Registry } from "./start-registry.ts";

const programs = new URL("./programs/", import.meta.url);

/** Makes a project of a user: in a folder of its own, with nothing but npm and the registry. */
export async function createConsumer(folder: string, registry: Registry): Promise<void> {
  const { "@types/node": nodeTypes, ...devDependencies } = compilers;
  const dependencies = {
    "@image-variations/client": "latest",
    "@image-variations/validation": "latest",
    "@types/node": nodeTypes,
  };
  writeProject({ folder, programs, manifest: { name: "consumer", dependencies, devDependencies } });
  await installLatest(folder, registry);
}

/** Installs, or upgrades to what was published last. */
export async function installLatest(folder: string, { env }: Registry): Promise<void> {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--prefer-online"];
  const ours = ["@image-variations/client@latest", "@image-variations/validation@latest"];
  await runProgram("npm", ["install", ...quiet, ...ours], { cwd: folder, env });
}
