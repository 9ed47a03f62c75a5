import { copyFileSync, cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Registry } from "./start-registry.ts";
import { runProgram } from "./run-program.ts";

const programs = fileURLToPath(new URL("./programs", import.meta.url));
const otter = fileURLToPath(new URL("../../../assets/otter-32.png", import.meta.url));

/** TypeScript as users have it, the newest and the one before. */
export const compilers = { "typescript-7": "npm:typescript@7.0.2", "typescript-5": "npm:typescript@5.9.3" } as const;

/** A project of a user: in a folder of its own, with nothing but npm and the registry. */
export async function createConsumer(folder: string, registry: Registry): Promise<void> {
  mkdirSync(folder, { recursive: true });
  cpSync(programs, folder, { recursive: true });
  copyFileSync(otter, join(folder, "otter.png"));
  const manifest = {
    name: "consumer",
    private: true,
    type: "module",
    dependencies: {
      "@image-variations/client": "latest",
      "@image-variations/validation": "latest",
      "@types/node": "24.19.2",
    },
    devDependencies: compilers,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
  await installLatest(folder, registry);
}

/** Installs, or upgrades to what was published last. */
export async function installLatest(folder: string, registry: Registry): Promise<void> {
  const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--prefer-online"];
  const ours = ["@image-variations/client@latest", "@image-variations/validation@latest"];
  await runProgram("npm", ["install", ...quiet, ...ours], { cwd: folder, variables: registry.variables });
}
